package dev.callboard.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.problem.Ids;
import dev.callboard.store.DataFolder;
import dev.callboard.store.Database;
import dev.callboard.testing.Databases;
import dev.callboard.testing.Patience;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which attempts keep a stage template from being deleted. */
class TemplateInUseTest {
    private final Vertx vertx = Vertx.vertx();
    private final TemplateRepository templates = new TemplateRepository(new Ids(Clock.systemUTC()));

    @TempDir
    Path folder;

    private DataFolder data;
    private Database database;

    @BeforeEach
    void open() throws Exception {
        data = DataFolder.open(folder);
        database = get(Databases.open(vertx, data));
        for (String project : new String[] {"p", "other"}) {
            write(
                    "INSERT INTO projects (id, name, description, kind, pipeline, pipeline_version, pipeline_hash, policies, "
                            + "revision, created_at) VALUES ('" + project
                            + "', 'P', '', 'project', 'x', '1', '', '{}', 1, CURRENT_TIMESTAMP)");
            write(
                    "INSERT INTO stage_templates (id, project_id, name, stage_type, sort_order, settings, locked, input_source, "
                            + "metadata_overrides, revision, created_at) VALUES ('stage-of-" + project + "', '"
                            + project
                            + "', 'S', 'x', 0, '{}', FALSE, 'previous', '{}', 1, CURRENT_TIMESTAMP)");
        }
    }

    @AfterEach
    void close() throws Exception {
        get(database.close());
        get(vertx.close());
        data.close();
    }

    private void write(String sql) throws Exception {
        get(database.write(transaction -> transaction.execute(sql).<Void>mapEmpty()));
    }

    private void task(String project, String status, String attempt) throws Exception {
        write(
                "INSERT INTO tasks (id, project_id, title, description, status, input, settings, created_by, revision, created_at, "
                        + "updated_at) VALUES ('task', '" + project + "', 'T', '', '" + status
                        + "', '[]', '{}', 'local', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)");
        write(
                "INSERT INTO stage_executions (id, task_id, stage_template_id, attempt, fence, status, stage_type, settings, "
                        + "input, revision, created_at) VALUES ('attempt', 'task', 'stage-of-" + project + "', 1, 1, '"
                        + attempt
                        + "', 'x', '{}', '{}', 1, CURRENT_TIMESTAMP)");
    }

    private boolean inUse(String project) throws Exception {
        return get(database.read(transaction -> templates.inUse(transaction, "stage-of-" + project)));
    }

    @ParameterizedTest
    @CsvSource({
        "running, pending, true",
        "running, running, true",
        "running, awaiting_approval, true",
        "running, completed, false",
        "running, failed, false",
        "awaiting_approval, awaiting_approval, true",
        "awaiting_approval, stale, false",
        // Another stage beside it has failed.
        "failed, awaiting_approval, true",
        "failed, failed, false",
        "completed, approved, false",
        "cancelled, cancelled, false"
    })
    void oneThatRunsOrWaitsDoes(String task, String attempt, boolean used) throws Exception {
        task("p", task, attempt);
        assertThat(inUse("p")).isEqualTo(used);
    }

    @Test
    void oneOfAnotherProjectDoesNot() throws Exception {
        task("other", "running", "running");
        assertThat(inUse("p")).isFalse();
        assertThat(inUse("other")).isTrue();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(Patience.SOON.toSeconds(), TimeUnit.SECONDS);
    }
}
