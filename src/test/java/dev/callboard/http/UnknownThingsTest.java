package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each operation that is asked for something by its address says in the same way that there is no such thing. */
class UnknownThingsTest extends UntouchedServer {
    /** The beginning of an address to what is answered for an id that nobody knows; the longest counts. */
    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("/api/vp/stages/", "unknown_stage"),
            Map.entry("/api/triggers/", "unknown_trigger"),
            Map.entry("/api/hooks/", "unknown_hook"),
            Map.entry("/api/secrets/", "unknown_secret"),
            Map.entry("/api/sinks/deliveries/", "unknown_delivery"),
            Map.entry("/api/blobs/", "unknown_blob"),
            Map.entry("/api/pipelines/", "unknown_pipeline"),
            Map.entry("/api/projects/", "unknown_project"),
            Map.entry("/api/tasks/", "unknown_task"),
            Map.entry("/api/executions/", "unknown_execution"),
            Map.entry("/api/documents/", "unknown_document"),
            Map.entry("/api/work/", "lease_lost"));

    /** What the contract says otherwise, by operation: removing an unknown stage was 400 from its first edition on. */
    private static final Map<String, Integer> STATUSES = Map.of(
            "removeStage", 400,
            "beatWork", 409,
            "progressWork", 409,
            "logWork", 409,
            "completeWork", 409,
            "failWork", 409);

    /** These make what is unknown. */
    private static final Set<String> MAKING = Set.of("putSecret", "putPipeline");

    /** Bodies that the contract takes, for operations that take more than none or an empty one. */
    private static final Map<String, Object> BODIES = Map.ofEntries(
            Map.entry("replaceStage", Stages.manual("nothing")),
            Map.entry("beatWork", Map.of("lease", "nothing")),
            Map.entry("progressWork", Map.of("lease", "nothing", "done", 1)),
            Map.entry("logWork", Map.of("lease", "nothing", "lines", List.of("x"))),
            Map.entry("completeWork", Map.of("lease", "nothing", "output", "x")),
            Map.entry("failWork", Map.of("lease", "nothing", "error", "x")),
            Map.entry("changeProject", Map.of("name", "x")),
            Map.entry("addStageTemplate", Map.of("name", "x", "type", "there")),
            Map.entry("reorderStageTemplates", Map.of("order", List.of("x"))),
            Map.entry("changeStageTemplate", Map.of("name", "x")),
            Map.entry("changeTask", Map.of("title", "x")),
            Map.entry("putSelection", Map.of("stages", List.of())),
            Map.entry("writeLedger", Map.of("key", "x")));

    private record Operation(String method, String path, String id, Map<?, ?> description) {
        String address() {
            return path.replace("{sha256}", "0".repeat(64)).replaceAll("\\{\\w+}", "nothing");
        }

        String code() {
            return CODES.entrySet().stream()
                    .filter(entry -> path.startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no code for " + path));
        }

        Object body() {
            return description.containsKey("requestBody") ? BODIES.getOrDefault(id, Map.of()) : null;
        }
    }

    private static List<Operation> operations() {
        Map<?, ?> paths = (Map<?, ?>) contract().get("paths");
        List<Operation> operations = new ArrayList<>();
        paths.forEach((path, item) -> ((Map<?, ?>) item).forEach((method, description) -> {
            if (String.valueOf(path).contains("{")
                    && description instanceof Map<?, ?> operation
                    && operation.containsKey("operationId")) {
                operations.add(new Operation(
                        String.valueOf(method).toUpperCase(Locale.ROOT),
                        String.valueOf(path),
                        String.valueOf(operation.get("operationId")),
                        operation));
            }
        }));
        return operations;
    }

    @TestFactory
    Stream<DynamicTest> eachOperationSaysThatThereIsNone() {
        return operations().stream()
                .filter(operation -> !MAKING.contains(operation.id()))
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> saysThatThereIsNone(operation)));
    }

    private static void saysThatThereIsNone(Operation operation) {
        int status = STATUSES.getOrDefault(operation.id(), 404);
        Reply reply = http.send(operation.method(), operation.address(), operation.body());
        problem(reply, status, operation.code());
        Map<?, ?> responses = (Map<?, ?>) operation.description().get("responses");
        Map<?, ?> described = (Map<?, ?>) responses.get(String.valueOf(status));
        assertThat(described).as("the contract's " + status).isNotNull();
        assertThat(String.valueOf(described.get("description"))).contains('`' + operation.code() + '`');
    }

    @Test
    void aStageTemplateThatAProjectDoesNotHaveIsUnknown() {
        String project =
                http.post("/api/projects", Map.of("name", "P")).at("/id").asText();
        List<Operation> ofTemplates = operations().stream()
                .filter(operation -> operation.path().contains("{template}"))
                .toList();
        assertThat(ofTemplates).hasSizeGreaterThan(2);
        for (Operation operation : ofTemplates) {
            String address = operation.path().replace("{id}", project).replace("{template}", "nothing");
            problem(http.send(operation.method(), address, operation.body()), 404, "unknown_template");
        }
    }

    @Test
    void theListsHereNameWhatThereIs() {
        List<String> ids = operations().stream().map(Operation::id).toList();
        assertThat(ids).containsAll(STATUSES.keySet()).containsAll(MAKING).containsAll(BODIES.keySet());
    }
}
