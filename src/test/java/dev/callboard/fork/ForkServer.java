package dev.callboard.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import dev.callboard.testing.Http;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plugin whose stages behave in every way, and pipelines with one or two of them, for a server in a folder. */
final class ForkServer {

    private static final String WORK =
            """
            static Object work(StageContext context, Object input) throws Exception {
                java.util.Map<?, ?> item = (java.util.Map<?, ?>) context.inputs().get(0);
                if (!context.inputs().equals(input)) { throw new IllegalStateException("another input"); }
                String sha256 = (String) item.get("blob");
                byte[] bytes;
                try (java.io.InputStream in = context.blobs().open(sha256)) { bytes = in.readAllBytes(); }
                long size = context.blobs().size(sha256);
                try { context.blobs().open("0".repeat(64)); throw new IllegalStateException("no such blob"); }
                catch (java.io.FileNotFoundException e) { context.log("missing: " + e.getMessage()); }
                for (int i = 0; i < bytes.length; i++) { bytes[i] ^= 1; }
                String put = context.blobs().put(new java.io.ByteArrayInputStream(bytes));
                context.progress(3, 4, "nearly");
                context.log("a line");
                System.out.println("printed");
                System.err.print("no line end");
                context.writeLedger("fork_ready", java.util.List.of(1, true));
                try { context.writeLedger("Not A Key", 1); throw new IllegalStateException("a bad key"); }
                catch (IllegalArgumentException e) { context.log("refused: " + e.getMessage()); }
                if (System.in.read() != -1) { throw new IllegalStateException("there is no input"); }
                java.util.Map<String, Object> output = new java.util.LinkedHashMap<>();
                output.put("size", size);
                output.put("blob", put);
                output.put("word", context.settings().get("word"));
                output.put("title", java.util.Arrays.asList("t", null, 1.5));
                output.put("attempt", context.attempt());
                output.put("deadline", context.deadline().isPresent());
                output.put("environment", new java.util.ArrayList<>(new java.util.TreeSet<>(System.getenv().keySet())));
                output.put("folder", new java.io.File(".").list().length);
                output.put("pid", ProcessHandle.current().pid());
                return output;
            }
            static Object park() throws Exception { return new java.util.concurrent.CountDownLatch(1).await(1, java.util.concurrent.TimeUnit.DAYS); }
            static Object start(StageContext context) { context.progress(ProcessHandle.current().pid(), 0, "here"); return null; }
            static Object hoard() { java.util.List<byte[]> all = new java.util.ArrayList<>(); while (true) { all.add(new byte[1 << 20]); } }
            static Object spin() { long n = 0; while (true) { if (Thread.interrupted()) { n++; } if (n < 0) { return n; } } }
            static Object print() throws Exception {
                try (java.io.FileOutputStream raw = new java.io.FileOutputStream(java.io.FileDescriptor.out)) {
                    raw.write("raw bytes, as native code writes them\\n".getBytes());
                }
                for (int i = 0; i < 1_000; i++) { System.out.println("line " + i + " " + "x".repeat(100)); }
                return "printed";
            }
            """;

    private final Path folder;
    private final Map<String, String> stages = new LinkedHashMap<>();

    ForkServer(Path folder) {
        this.folder = folder;
        stages.put("work", "work(context, input)");
        stages.put(
                "after",
                "java.util.Map.of(\"state\", context.state().keySet().stream().sorted().toList(), \"input\","
                        + " ((java.util.Map<?, ?>) input).keySet().size(), \"ledger\", context.ledger(), \"pid\","
                        + " ProcessHandle.current().pid())");
        stages.put("oom", "hoard()");
        stages.put("exit", "exit(7)");
        stages.put("halt", "halt(9)");
        stages.put("spin", "spinning(context)");
        stages.put("park", "parking(context)");
        stages.put("print", "print()");
        stages.put("object", "new Object()");
        stages.put("throw", "thrown()");
        stages.put("refuse", "refused()");
        stages.put("deep", "deep(0)");
    }

    private static final String ENDS =
            """
            static Object exit(int code) { System.exit(code); return null; }
            static Object halt(int code) { Runtime.getRuntime().halt(code); return null; }
            static Object spinning(StageContext context) { start(context); return spin(); }
            static Object parking(StageContext context) throws Exception { start(context); return park(); }
            static Object thrown() { throw new UnsupportedOperationException("not today"); }
            static Object refused() throws Exception { throw StageFailure.permanent("bad_file", "The file is bad."); }
            static Object deep(int n) { return deep(n + 1) == null ? null : n; }
            """;

    /** Writes the jar and the pipelines; each stage has a pipeline of its name. */
    void write(String version) throws IOException {
        List<Object> declared = new ArrayList<>();
        List<String> registered = new ArrayList<>();
        stages.forEach((name, code) -> {
            String id = "fork-" + name;
            Map<String, Object> entry = new LinkedHashMap<>(Map.of(
                    "id",
                    id,
                    "name",
                    id,
                    "type",
                    "stage",
                    "executor",
                    "java",
                    "version",
                    version,
                    "ports",
                    Stages.ports("any", "any")));
            String metadata = "StageMetadata.builder(\"" + id + "\")";
            if (name.equals("work")) {
                entry.put("state_key", List.of("title", "pages"));
                entry.put("settings_schema", List.of(Map.of("key", "word", "label", "Word", "type", "string")));
                metadata +=
                        ".stateKeys(\"title\", \"pages\").outputCounter(output -> 42).outputHandler((keys, output) ->"
                                + " java.util.Map.of(keys.get(0), ((java.util.Map<String, Object>) output).get(\"title\"),"
                                + " keys.get(1), \"own\"))";
            }
            declared.add(entry);
            registered.add("new StageRegistration(" + metadata + ".build(), () -> (context, input) -> " + code + ")");
        });
        PluginJars.of("Forked")
                .isolation("fork")
                .stagesJson(Json.write(Map.of("stages", declared)))
                .body(WORK + ENDS)
                .registering(String.join(", ", registered))
                .write(folder.resolve("plugins"), "forked.jar");
        Path pipelines = folder.resolve("config").resolve("pipelines");
        Files.createDirectories(pipelines);
        for (String name : stages.keySet()) {
            Files.writeString(pipelines.resolve(name + ".yaml"), pipeline(name));
        }
    }

    private static String pipeline(String name) {
        String policies = name.equals("spin") ? "policies:\n  short: {timeout_seconds: 2}\n" : "";
        String stage = "  - {name: " + name + ", type: fork-" + name
                + (name.equals("spin") ? ", policy: short" : "")
                + (name.equals("work") ? ", config: {word: hello}" : "") + "}\n";
        String after = name.equals("work") ? "  - {name: after, type: fork-after}\n" : "";
        return "name: " + name + "\n" + policies + "stages:\n" + stage + after;
    }

    /** Starts a task of that stage's pipeline. */
    static String run(Http http, String pipeline, Object... input) {
        Reply created = http.post(
                "/api/tasks", Map.of("title", "T", "pipeline", pipeline, "auto_start", true, "input", List.of(input)));
        assertThat(created.status()).as(created.toString()).isLessThan(300);
        return created.at("/id").asText();
    }

    /** Waits until a task has that status; answers the task. */
    static JsonNode until(Http http, String task, String status) {
        await().until(() -> http.get("/api/tasks/" + task).at("/status").asText(), now -> now.equals(status));
        return http.get("/api/tasks/" + task).json();
    }

    static JsonNode executions(Http http, String task) {
        return http.get("/api/tasks/" + task + "/executions").at("/items");
    }

    static JsonNode execution(Http http, String task) {
        JsonNode all = executions(http, task);
        return all.get(all.size() - 1);
    }

    /** Waits until the running stage has said its process's id. */
    static ProcessHandle process(Http http, String task) {
        await().until(() ->
                execution(http, task).at("/progress/message").asText().equals("here"));
        return ProcessHandle.of(execution(http, task).at("/progress/done").asLong())
                .orElseThrow();
    }

    /** The processes of plugins below a process. */
    static List<ProcessHandle> processes(ProcessHandle server) {
        return server.descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("ForkMain"))
                .toList();
    }
}
