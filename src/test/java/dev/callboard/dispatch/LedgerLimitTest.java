package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.engine.LedgerMessages;
import dev.callboard.engine.LedgerMessages.WriteLedger;
import dev.callboard.problem.ProblemException;
import dev.callboard.taskmodel.TaskView;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A ledger has at most a thousand keys, whoever writes; it can always be made smaller. */
class LedgerLimitTest extends TaskServerFixture {
    private Map<String, Object> write(String task, Map<String, Object> entries) {
        return server.ask(LedgerMessages.WRITE, new WriteLedger(task, entries)).ledger();
    }

    @Test
    void aStageThatWritesMoreKeysFailsAndNothingOfItIsStored() throws IOException {
        server.stage("many", (context, input) -> {
                    for (int i = 0; i < 2_000; i++) {
                        context.writeLedger("k" + i, i);
                    }
                    return 1;
                })
                .chain("q", "many")
                .start();
        TaskView failed = server.until(server.run("q").id(), "failed");
        assertThat(failed.error()).contains("'k1000'").contains("at most 1000 keys");
        assertThat(write(failed.id(), Map.of("own", 1))).containsExactly(Map.entry("own", 1));
    }

    @Test
    void aStageMayFillTheLedgerAndOverwrite() throws IOException {
        server.stage("fills", (context, input) -> {
                    for (int i = 0; i < 2_000; i++) {
                        context.writeLedger("k" + i % 1_000, i);
                    }
                    return 1;
                })
                .stage("more", (context, input) -> {
                    context.writeLedger("k7", "new");
                    assertThatThrownBy(() -> context.writeLedger("one_more", 1))
                            .isInstanceOf(IllegalArgumentException.class);
                    return 1;
                })
                .chain("q", "fills", "more")
                .start();
        String id = server.until(server.run("q").id(), "completed").id();
        assertThat(write(id, Map.of("k8", 8))).hasSize(1_000).containsEntry("k7", "new");
        assertThatThrownBy(() -> write(id, Map.of("another", 1)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("invalid_ledger"))
                .hasMessageContaining("1001");
    }

    @Test
    void aLedgerThatStagesBroughtPastTheLimitTogetherCanBeOverwrittenAndMadeSmaller() throws IOException {
        server.stage("s", (context, input) -> 1);
        CyclicBarrier both = new CyclicBarrier(2);
        for (String type : new String[] {"a", "b"}) {
            server.stage(type, (context, input) -> {
                for (int i = 0; i < 600; i++) {
                    context.writeLedger(type + i, i);
                }
                both.await();
                return 1;
            });
        }
        server.pipeline(
                        "name: q\nstages: [{name: s, type: s}, {name: a, type: a, depends_on: [s]}, {name: b, type: b, depends_on: [s]}]\n")
                .start();
        String id = server.until(server.run("q").id(), "completed").id();
        assertThat(write(id, Map.of("a1", "new"))).hasSize(1_200).containsEntry("a1", "new");
        assertThatThrownBy(() -> write(id, Map.of("c", 1))).hasMessageContaining("at most 1000 keys");
        Map<String, Object> less = new HashMap<>(Map.of("c", 1));
        less.putAll(nulls("b", 1));
        assertThat(write(id, less)).hasSize(1_200).containsEntry("c", 1);
        assertThat(write(id, nulls("b", 600))).hasSize(601);
    }

    private static Map<String, Object> nulls(String prefix, int keys) {
        Map<String, Object> nulls = new HashMap<>();
        IntStream.range(0, keys)
                .mapToObj(i -> prefix + i)
                .collect(Collectors.toList())
                .forEach(key -> nulls.put(key, null));
        return nulls;
    }
}
