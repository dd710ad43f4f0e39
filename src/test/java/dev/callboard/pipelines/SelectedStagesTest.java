package dev.callboard.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the words of a request select. */
class SelectedStagesTest {
    private static final Pipeline PIPELINE = Objects.requireNonNull(PipelineReader.read(
                    Map.of(
                            "name",
                            "p",
                            "stages",
                            List.of(
                                    Map.of("name", "Intake", "type", "in", "locked", true),
                                    Map.of("name", "Read", "type", "reads"),
                                    Map.of("name", "Look", "type", "read"),
                                    Map.of("name", "One", "type", "twice"),
                                    Map.of("name", "Two", "type", "twice"))),
                    DependsOnRule.PREVIOUS)
            .pipeline());

    private static List<String> names(String... words) {
        return SelectedStages.of(PIPELINE, List.of(words)).names();
    }

    @Test
    void noWordsSelectAll() {
        assertThat(names()).containsExactly("Intake", "Read", "Look", "One", "Two");
    }

    @Test
    void aNameComesBeforeATypeAndLockedStagesComeAlong() {
        assertThat(names(" read ")).containsExactly("Intake", "Read");
        assertThat(names("reads")).containsExactly("Intake", "Read");
        assertThat(names("two", "LOOK")).containsExactly("Intake", "Look", "Two");
    }

    @Test
    void aTypeOfSeveralStagesSelectsNone() {
        assertThat(SelectedStages.of(PIPELINE, List.of("One", "twice", "nothing")))
                .isEqualTo(new SelectedStages(List.of("Intake", "One"), List.of(1, 2)));
    }
}
