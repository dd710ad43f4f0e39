package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.GetLog;
import dev.callboard.taskmodel.LogLine;
import dev.callboard.testing.RefusedRows;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Log lines of running attempts on a disk that takes none for a while. */
class LiveLogsTest extends TaskServerFixture {
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicInteger logged = new AtomicInteger();
    private final Logger engine = (Logger) LoggerFactory.getLogger("dev.callboard.dispatch");
    private final Logger store = (Logger) LoggerFactory.getLogger("dev.callboard.store");
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final ListAppender<ILoggingEvent> refusals = new ListAppender<>();

    @BeforeEach
    void start() throws IOException {
        listen(engine, said);
        listen(store, refusals);
        server.stage("talks", (context, input) -> {
                    while (!stop.await(20, TimeUnit.MILLISECONDS)) {
                        context.log("line " + logged.incrementAndGet());
                    }
                    return "done";
                })
                .chain("talks", "talks")
                .start();
    }

    private static void listen(Logger logger, ListAppender<ILoggingEvent> lines) {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void detach() {
        stop.countDown();
        engine.setLevel(null);
        store.setLevel(null);
        engine.detachAppender(said);
        store.detachAppender(refusals);
    }

    @Test
    void thatTheyWaitIsLoggedOnceAndAllOfThemAreThereWhenTheDiskHasRoomAgain() {
        RefusedRows full = RefusedRows.of(
                server.database, "BEFORE INSERT", "execution_log_lines", "refused_row.seq > 0", RefusedRows.NO_ROOM);
        String task = server.run("talks").id();
        await().until(() -> refusalsSoFar() >= 2);
        // As on a real full disk, the database answers nobody for a moment after each try to store the lines.
        await().ignoreExceptions().until(() -> {
            full.end();
            return true;
        });
        assertThat(levels()).containsExactly(Level.WARN);
        await().until(() -> levels().contains(Level.INFO));
        stop.countDown();
        server.until(task, "completed");

        assertThat(levels()).containsExactly(Level.WARN, Level.INFO);
        String execution = server.executions(task).get(0).id();
        List<LogLine> lines = server.ask(ExecutionMessages.LOG, new GetLog(execution, 0, 10_000))
                .lines();
        assertThat(lines)
                .extracting(LogLine::text)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, logged.get())
                        .mapToObj(number -> "line " + number)
                        .toList());
    }

    /** How often the store began to refuse writes. */
    private long refusalsSoFar() {
        return List.copyOf(refusals.list).stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .count();
    }

    private List<Level> levels() {
        return List.copyOf(said.list).stream().map(ILoggingEvent::getLevel).toList();
    }
}
