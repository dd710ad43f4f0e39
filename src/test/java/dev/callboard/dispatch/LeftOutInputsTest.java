package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.palette.EntryType;
import dev.callboard.palette.Port;
import dev.callboard.palette.Ports;
import dev.callboard.spi.Stage;
import dev.callboard.taskmodel.ExecutionView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a port gets when the stage that feeds it was left out. */
class LeftOutInputsTest {
    @TempDir
    Path dir;

    /** Ports that are called as their types. */
    private static Ports ports(String takes, String gives) {
        return new Ports(list(takes), list(gives));
    }

    private static List<Port> list(String types) {
        return Arrays.stream(types.split(" ", -1))
                .filter(type -> !type.isEmpty())
                .map(type -> new Port(type, type))
                .toList();
    }

    private TaskServer server() throws IOException {
        Stage named = (context, input) -> context.stageName();
        return new TaskServer(dir)
                .entry("text", EntryType.SOURCE, ports("", "text"), null)
                .entry("speaks", EntryType.STAGE, ports("", "text"), named)
                .entry("repeats", EntryType.STAGE, ports("text", "text"), (context, input) -> input)
                .entry("reads", EntryType.STAGE, ports("text", "document"), named)
                .entry("checks", EntryType.STAGE, ports("document", "document"), named)
                .entry("counts", EntryType.STAGE, ports("document", "number"), named)
                .entry("shows", EntryType.STAGE, ports("document number", "text"), (context, input) -> input)
                .pipeline(
                        """
                        name: two
                        stages:
                          - {name: read, type: reads}
                          - {name: check, type: checks}
                          - {name: count, type: counts}
                          - {name: show, type: shows, inputs: {document: check, number: count}}
                          - {name: shown, type: shows, inputs: {document: check}}
                        """)
                .pipeline(
                        """
                        name: spoken
                        stages:
                          - {name: speak, type: speaks}
                          - {name: repeat, type: repeats, inputs: {text: speak}}
                        """)
                .start();
    }

    private static ExecutionView last(TaskServer server, String status, Object... stages) {
        return lastOf("two", server, status, stages);
    }

    private static ExecutionView lastOf(String pipeline, TaskServer server, String status, Object... stages) {
        String id = server.create(Map.of(
                        "title",
                        "T",
                        "pipeline",
                        pipeline,
                        "auto_start",
                        true,
                        "input",
                        List.of(Map.of("text", "from the task", "name", "note.txt")),
                        "stages",
                        List.of(stages)))
                .id();
        server.until(id, status);
        List<ExecutionView> executions = server.executions(id);
        return executions.get(executions.size() - 1);
    }

    @Test
    void severalPortsAreAnObjectAndOneIsItsValue() throws IOException {
        try (TaskServer server = server()) {
            assertThat(last(server, "completed", "read", "check", "count", "show")
                            .output())
                    .isEqualTo(Map.of("document", "check", "number", "count"));
            assertThat(last(server, "completed", "read", "check", "shown").output())
                    .isEqualTo("check");
        }
    }

    @Test
    void theNearestSelectedStageBeforeItTakesItsPlace() throws IOException {
        try (TaskServer server = server()) {
            assertThat(last(server, "completed", "read", "count", "show").output())
                    .isEqualTo(Map.of("document", "read", "number", "count"));
        }
    }

    @Test
    void whereThatDoesNotFitTheStageIsToldWhatItLacks() throws IOException {
        try (TaskServer server = server()) {
            ExecutionView failed = last(server, "failed", "read", "check", "show");
            assertThat(failed.errorCode()).isEqualTo("input_missing");
            assertThat(Objects.toString(failed.error()))
                    .contains("input 'number'", "'count' was not selected", "'check' before it", "type number");
        }
    }

    @Test
    void withNothingBeforeItItIsTheTasksInputIfThatFits() throws IOException {
        try (TaskServer server = server()) {
            ExecutionView failed = last(server, "failed", "shown");
            assertThat(Objects.toString(failed.error())).contains("'check' was not selected", "type document");
            assertThat(lastOf("spoken", server, "completed", "speak", "repeat").output())
                    .isEqualTo("speak");
            assertThat(Objects.toString(
                            lastOf("spoken", server, "completed", "repeat").output()))
                    .contains("note.txt");
        }
    }
}
