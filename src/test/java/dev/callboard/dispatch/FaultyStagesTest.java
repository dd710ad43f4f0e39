package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.spi.StageMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever the code of a stage does wrong ends in a failed task with a reason, never in a lost one. */
class FaultyStagesTest extends TaskServerFixture {
    @Test
    void whateverAStageDoesWrongBecomesAFailureWithAReason() throws IOException {
        Map<String, dev.callboard.spi.Stage> bad = new java.util.LinkedHashMap<>();
        bad.put("overflow", (context, input) -> recurse(1));
        bad.put("linkage", (context, input) -> {
            throw new NoClassDefFoundError("org/missing/Thing");
        });
        bad.put("memory", (context, input) -> {
            throw new OutOfMemoryError("pretended");
        });
        bad.put("unchecked", (context, input) -> {
            throw new IllegalStateException("odd");
        });
        bad.put("nothing", (context, input) -> null);
        bad.put("object", (context, input) -> Map.of("at", new Object()));
        bad.put("endless", (context, input) -> {
            List<Object> list = new ArrayList<>();
            list.add(list);
            return list;
        });
        bad.put("halved", (context, input) -> Map.of("at", List.of("x", "\ud83d")));
        bad.put("infinite", (context, input) -> Double.NaN);
        bad.put("huge", (context, input) -> "x".repeat(1_000_001));
        bad.put("rude", (context, input) -> {
            throw new RuntimeException() {
                @Override
                public String getMessage() {
                    throw new IllegalStateException("not even this");
                }
            };
        });
        bad.put("ledger", (context, input) -> {
            context.writeLedger("No Key", 1);
            return 1;
        });
        bad.put("hangs", (context, input) -> {
            while (true) {
                Thread.onSpinWait();
                if (context.cancelled()) {
                    return 1;
                }
            }
        });
        for (var entry : bad.entrySet()) {
            server.stage(entry.getKey(), entry.getValue());
            server.pipeline(
                    "name: " + entry.getKey() + "\npolicies: {short: {timeout_seconds: 1}}\nstages: [{name: s, type: "
                            + entry.getKey() + ", policy: short}]\n");
        }
        server.stage(
                "none", () -> null, List.of(), StageMetadata.builder("none").build());
        server.chain("none", "none");
        server.stage(
                "handler",
                () -> (context, input) -> 1,
                List.of(),
                StageMetadata.builder("handler")
                        .stateKey("a")
                        .outputHandler((keys, output) -> Map.of("b", 1))
                        .build());
        server.chain("handler", "handler");
        server.start();
        Map<String, String> reasons = Map.ofEntries(
                Map.entry("overflow", "StackOverflowError"),
                Map.entry("linkage", "org/missing/Thing"),
                Map.entry("memory", "pretended"),
                Map.entry("unchecked", "IllegalStateException: odd"),
                Map.entry("nothing", "is null"),
                Map.entry("object", "java.lang.Object"),
                Map.entry("endless", "contains itself"),
                Map.entry("halved", "at /at/1 it is a text with half of a surrogate pair"),
                Map.entry("infinite", "number that JSON cannot hold"),
                Map.entry("huge", "limit of 1000000"),
                Map.entry("rude", "FaultyStagesTest"),
                Map.entry("ledger", "No Key"),
                Map.entry("hangs", "time limit of 1 s"),
                Map.entry("none", "gave no stage"),
                Map.entry("handler", "no state key"));
        Map<String, String> ids = new java.util.HashMap<>();
        reasons.keySet().forEach(name -> ids.put(name, server.run(name).id()));
        reasons.forEach((name, reason) -> assertThat(
                        server.until(ids.get(name), "failed").error())
                .as(name)
                .contains(reason));
    }

    private static int recurse(int depth) {
        return recurse(depth + 1) + depth;
    }
}
