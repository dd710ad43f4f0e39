package dev.callboard.dispatch;

import static org.awaitility.Awaitility.await;

import dev.callboard.engine.LedgerMessages;
import dev.callboard.engine.LedgerMessages.WriteLedger;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.testing.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that wait, on a clock that only the test moves. */
abstract class WaitFixture {
    static final String READY = "[{field: ready, equals: true}]";

    @TempDir
    Path dir;

    final TestClock clock = new TestClock();
    TaskServer server;

    @BeforeEach
    void prepare() throws IOException {
        server = fresh();
    }

    TaskServer fresh() throws IOException {
        TaskServer made = new TaskServer(dir).coreStages().stage("after", (context, input) -> input);
        made.clock = clock;
        return made;
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    TaskServer gate(String config) throws IOException {
        return server.pipeline("name: p\nstages:\n  - {name: gate, type: gate, config: " + config
                + "}\n  - {name: after, type: after}\n");
    }

    void write(String task, Map<String, Object> entries) {
        server.ask(LedgerMessages.WRITE, new WriteLedger(task, entries));
    }

    TaskView waiting(String task) {
        await().until(() -> server.task(task).waitingFor() != null);
        return server.task(task);
    }
}
