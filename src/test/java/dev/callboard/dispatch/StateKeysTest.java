package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.spi.StageMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Under which keys a stage's output is found. */
class StateKeysTest extends TaskServerFixture {
    @Test
    void theTemplatesKeyGoesBeforeTheTypes() throws IOException {
        server.stage("says", (context, input) -> "said")
                .stage(
                        "pair",
                        () -> (context, input) -> Map.of("left", 1, "right", 2),
                        List.of(),
                        StageMetadata.builder("pair").stateKeys("left", "right").build())
                .pipeline(
                        """
                        name: p
                        stages:
                          - {name: usual, type: says}
                          - {name: own, type: says, metadata_overrides: {state_key: pieces}}
                          - {name: pair, type: pair}
                        """)
                .start();
        assertThat(server.until(server.run("p").id(), "completed").stateKeys())
                .isEqualTo(Map.of("says", "said", "pieces", "said", "left", 1, "right", 2));
    }

    @Test
    void aLaterStageReplacesTheValueOfAKey() throws IOException {
        server.stage(
                        "says",
                        (context, input) -> context.stageName() + " after "
                                + context.state().get("says"))
                .pipeline("name: p\nstages: [{name: a, type: says}, {name: b, type: says}]\n")
                .start();
        assertThat(server.until(server.run("p").id(), "completed").stateKeys())
                .isEqualTo(Map.of("says", "b after a after null"));
    }
}
