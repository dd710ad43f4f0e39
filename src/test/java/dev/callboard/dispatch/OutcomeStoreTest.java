package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.testing.Databases;
import dev.callboard.testing.RefusedRows;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Outcomes that the database refuses: the attempt ends all the same, and its only place is free for the next. */
class OutcomeStoreTest extends TaskServerFixture {

    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    private final Logger logger = (Logger) LoggerFactory.getLogger(WaitingWrites.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void start() throws IOException {
        server.options = new ExecutionVerticle.Options(1, Duration.ofSeconds(30), Duration.ofMillis(200));
        server.stage("quick", (context, input) -> "done")
                .stage("held", (context, input) -> {
                    began.countDown();
                    assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
                    return "done";
                })
                .stage("fails", (context, input) -> {
                    context.log("unspeakable");
                    throw new IllegalStateException("odd");
                })
                .chain("quick", "quick")
                .chain("held", "held")
                .chain("fails", "fails")
                .start();
    }

    @AfterEach
    void detach() {
        logger.setLevel(null);
        logger.detachAppender(lines);
    }

    private void sql(String... statements) {
        for (String statement : statements) {
            TaskServer.get(server.database.write(
                    transaction -> transaction.execute(statement).mapEmpty()));
        }
    }

    @Test
    void aResultThatCannotBeStoredIsAFailure() {
        sql("ALTER TABLE stage_executions ADD CONSTRAINT refused CHECK (status <> 'completed')");
        TaskView task = server.until(server.run("quick").id(), "failed");
        assertThat(task.error()).contains("The stage's result could not be stored.");
    }

    @Test
    void aFailureIsStoredWithoutTheLogLinesThatCannotBe() {
        sql("ALTER TABLE execution_log_lines ADD CONSTRAINT refused CHECK (text <> 'unspeakable')");
        TaskView task = server.until(server.run("fails").id(), "failed");
        assertThat(task.error()).contains("odd");
    }

    @Test
    void aFailureThatCannotBeStoredGivesItsPlaceBackAndIsStoredLater() throws InterruptedException {
        sql("ALTER TABLE stage_executions ADD CONSTRAINT refused CHECK (status NOT IN ('completed', 'failed'))");
        String refused = server.run("quick").id();
        server.until(refused, "running");
        String next = server.run("held").id();
        assertThat(began.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(server.task(refused).status()).isEqualTo("running");

        sql("ALTER TABLE stage_executions DROP CONSTRAINT refused");
        goOn.countDown();
        server.until(next, "completed");
        assertThat(server.until(refused, "failed").error()).contains("could not be stored");
    }

    @Test
    void theOutcomeOfATaskThatIsGoneIsDropped() throws InterruptedException {
        server.run("held");
        assertThat(began.await(20, TimeUnit.SECONDS)).isTrue();
        if (!Databases.onPostgres()) {
            sql("SET DATABASE REFERENTIAL INTEGRITY FALSE");
        }
        sql("DELETE FROM tasks");
        goOn.countDown();
        server.until(server.run("quick").id(), "completed");
    }

    @Test
    void whileTheDiskIsFullTheResultWaits() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        RefusedRows full = RefusedRows.of(
                server.database,
                "BEFORE UPDATE",
                "stage_executions",
                "refused_row.status = 'completed'",
                RefusedRows.NO_ROOM);
        String task = server.run("quick").id();
        // As on a real full disk, the database answers nobody for a moment after each try to store the result.
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(server.task(task).status()).isEqualTo("running"));
        await().ignoreExceptions().until(() -> {
            full.end();
            return true;
        });
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(server.task(task).status()).isEqualTo("completed"));
        assertThat(server.until(task, "completed").error()).isNull();
        await().untilAsserted(() ->
                assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO));
    }
}
