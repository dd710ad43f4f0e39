package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.RedoTask;
import dev.callboard.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which results go to which sinks, and how often. */
class SinkFiringsTest extends TaskServerFixture {
    private final CountDownLatch last = new CountDownLatch(1);

    /** @param stages the names of the stages whose outputs go there */
    private record Fired(String sink, List<String> stages, String config) {}

    @BeforeEach
    void start() throws IOException {
        server.stage("s", (context, input) -> {
                    if (context.stageName().equals("c")) {
                        last.await();
                    }
                    return context.attempt();
                })
                .pipeline(
                        """
                        name: p
                        stages: [{name: a, type: s}, {name: b, type: s}, {name: c, type: s}]
                        sinks:
                          - {name: end, type: result, config: {}}
                          - {name: early, type: result, after: [a, b], config: {}}
                        """)
                .start();
    }

    @AfterEach
    void release() {
        last.countDown();
    }

    private List<Fired> fired() {
        return TaskServer.get(server.database.read(transaction -> transaction
                .execute("SELECT sink, outputs, config FROM sink_deliveries ORDER BY id")
                .map(rows -> {
                    List<Fired> fired = new ArrayList<>();
                    rows.forEach(row -> {
                        List<String> stages = new ArrayList<>();
                        ((Map<?, ?>) Json.read(row.getString("outputs"), Map.class))
                                .keySet()
                                .forEach(stage -> stages.add(String.valueOf(stage)));
                        fired.add(new Fired(row.getString("sink"), stages, row.getString("config")));
                    });
                    return fired;
                })));
    }

    private List<String> sinks() {
        return fired().stream().map(each -> each.sink() + each.stages()).toList();
    }

    private void redo(String id, int stage) {
        server.ask(
                ExecutionMessages.REDO,
                new RedoTask(id, server.task(id).stages().get(stage).id(), null));
        server.until(id, "completed");
    }

    @Test
    void eachResultGoesOutOnceAndAgainWhenItIsAnotherOne() {
        last.countDown();
        String id = server.run("p").id();
        server.until(id, "completed");
        assertThat(sinks()).containsExactly("early[a, b]", "end[c]");
        redo(id, 2);
        assertThat(sinks()).containsExactly("early[a, b]", "end[c]", "end[c]");
        redo(id, 0);
        assertThat(sinks()).containsExactly("early[a, b]", "end[c]", "end[c]", "early[a, b]", "end[c]");
        assertThat(fired()).extracting(Fired::config).allMatch(config -> config.contains("\"type\":\"result\""));
    }

    @Test
    void aSinkAfterStagesFiresWithThoseThatAreSelected() {
        String id = server.create(
                        Map.of("title", "T", "pipeline", "p", "stages", List.of("a", "c"), "auto_start", true))
                .id();
        await().until(() -> server.executions(id).size() == 2);
        assertThat(server.task(id).status()).isEqualTo("running");
        assertThat(sinks()).containsExactly("early[a]");
        last.countDown();
        server.until(id, "completed");
        assertThat(sinks()).containsExactly("early[a]", "end[c]");
    }
}
