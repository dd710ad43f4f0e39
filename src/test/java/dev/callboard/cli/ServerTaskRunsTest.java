package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.WebStub;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tasks that are run on a server. */
class ServerTaskRunsTest {
    @Test
    void aTaskIsAskedForUnderTheSameKeyWhenTheConnectionBrokeBeforeTheAnswer() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (WebStub server = new WebStub().answer("/api/tasks", exchange -> {
            if (calls.incrementAndGet() > 2) {
                WebStub.reply(exchange, 201, "application/json", "{\"id\":\"t1\"}");
            }
        })) {
            ServerTaskRuns runs = new ServerTaskRuns(server.url(""), new Reconnection(System::nanoTime, pause -> {}));

            assertThat(runs.create(Map.of("title", "T")).get("id")).isEqualTo("t1");

            assertThat(server.requests()).hasSize(3);
            assertThat(server.requests().stream()
                            .map(request -> request.header("Idempotency-key"))
                            .distinct())
                    .singleElement()
                    .asString()
                    .isNotEmpty();
        }
    }
}
