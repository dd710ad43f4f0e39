package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.PluginJars;
import dev.callboard.testing.PluginTasks;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages of a plugin that misbehave when they run: each is a failed attempt with a reason, and the server goes on. */
class BadStagesTest {
    @TempDir
    Path folder;

    @Test
    void eachIsAFailedAttemptWithAReason() throws IOException {
        Map<String, String> code = new LinkedHashMap<>();
        Map<String, String> reasons = new LinkedHashMap<>();
        code.put("error", "(context, input) -> { throw new Error(\"odd\"); }");
        reasons.put("error", "Error: odd");
        code.put("overflow", "(context, input) -> deeper(1)");
        reasons.put("overflow", "StackOverflowError");
        code.put("death", "(context, input) -> { throw new ThreadDeath(); }");
        reasons.put("death", "ThreadDeath");
        code.put("memory", "(context, input) -> { throw new OutOfMemoryError(\"pretended\"); }");
        reasons.put("memory", "pretended");
        code.put("null", "(context, input) -> null");
        reasons.put("null", "is null");
        code.put("text", "(context, input) -> \"x\".repeat(1 << 26)");
        reasons.put("text", "more than 60000000 characters");
        code.put(
                "itself",
                "(context, input) -> { var map = new java.util.HashMap<String, Object>(); map.put(\"a\", map);"
                        + " return map; }");
        reasons.put("itself", "contains itself");
        code.put("own", "(context, input) -> { throw new Own(); }");
        reasons.put("own", "Own");
        code.put("hangs", "(context, input) -> { while (!context.cancelled()) { Thread.onSpinWait(); } return 1; }");
        reasons.put("hangs", "time limit of 2 s");
        String registered = code.entrySet().stream()
                .map(stage -> "new StageRegistration(StageMetadata.builder(\"bad-" + stage.getKey()
                        + "\").stateKey(\"out\").build(), () -> " + stage.getValue() + ")")
                .collect(Collectors.joining(", "));
        String[] ids = code.keySet().stream().map(name -> "bad-" + name).toArray(String[]::new);
        PluginJars.of("BadStages", ids)
                .stateKey("out")
                .body(
                        "static int deeper(int n) { return deeper(n + 1) + n; } static class Own extends RuntimeException {"
                                + " public String getMessage() { throw new StackOverflowError(); } }")
                .registering(registered)
                .write(folder.resolve("plugins"), "bad-stages.jar");
        PluginJars.of("Good", "good-stage").write(folder.resolve("plugins"), "good.jar");
        // Only what never ends by itself has little time: a busy machine needs longer than that for a long text.
        Function<String, String> pipeline = name -> (name.equals("hangs") ? "short-" : "long-") + name;
        reasons.keySet().forEach(name -> PluginTasks.pipeline(folder, pipeline.apply(name), "bad-" + name));
        PluginTasks.pipeline(folder, "good", "good-stage");
        try (TestServer server = TestServer.start(folder)) {
            PluginTasks tasks = new PluginTasks(server);
            assertThat(tasks.plugin("bad-stages.jar").path("state").asText())
                    .as(tasks.plugin("bad-stages.jar").toString())
                    .isEqualTo("loaded");
            Map<String, String> started = new LinkedHashMap<>();
            reasons.keySet().forEach(name -> started.put(name, tasks.start(pipeline.apply(name))));
            reasons.forEach((name, reason) -> assertThat(tasks.until(started.get(name), "failed")
                            .path("error")
                            .asText())
                    .as(name)
                    .contains(reason));
            String good = tasks.start("good");
            tasks.until(good, "completed");
        }
    }
}
