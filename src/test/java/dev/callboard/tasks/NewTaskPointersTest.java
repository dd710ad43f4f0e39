package dev.callboard.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callboard.json.JsonPointers;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A request's faults are found by a JSON Pointer whatever its keys look like. */
class NewTaskPointersTest {
    @Test
    void keysAreEscaped() {
        assertThat(pointers(Map.of("title", "T", "a/b~c", 1))).containsExactly("/a~1b~0c");
        assertThat(pointers(Map.of("title", "T", "input", List.of(Map.of("text", "x", "~/", 1)))))
                .containsExactly("/input/0/~0~1");
        assertThat(pointers(Map.of("title", "T", "settings", Map.of("Plan / Build", 1))))
                .containsExactly("/settings/Plan ~1 Build");
    }

    @Test
    void theMessageNamesThePlaceTheSameWay() {
        assertThat(refused(Map.of("title", "T", "a/b", 1)).problem().detail())
                .startsWith("The task cannot be created: /a~1b is not known here");
    }

    @Test
    void aTildeIsEscapedBeforeASlash() {
        assertThat(JsonPointers.member("/settings", "~1")).isEqualTo("/settings/~01");
        assertThat(JsonPointers.member("", null)).isEqualTo("/null");
    }

    private static ProblemException refused(Map<String, ?> request) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> NewTask.read(request));
        assertThat(refused.problem().code()).isEqualTo("invalid_task");
        return refused;
    }

    private static List<String> pointers(Map<String, ?> request) {
        return refused(request).problem().violations().stream()
                .map(Violation::pointer)
                .toList();
    }
}
