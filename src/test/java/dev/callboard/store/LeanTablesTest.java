package dev.callboard.store;

import static dev.callboard.store.DatabaseTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases of the version before, whose foreign keys and indexes go. */
class LeanTablesTest {
    private static final String NOW = "CURRENT_TIMESTAMP";
    private static final List<String> ROWS = List.of(
            "INSERT INTO projects (id, name, description, kind, pipeline, pipeline_version, pipeline_hash, policies, revision, "
                    + "created_at) VALUES ('p', 'P', '', 'project', 'x', '1', '', '{}', 1, " + NOW + ")",
            "INSERT INTO stage_templates (id, project_id, name, stage_type, sort_order, settings, locked, input_source, "
                    + "metadata_overrides, revision, created_at) "
                    + "VALUES ('s', 'p', 'S', 'x', 0, '{}', FALSE, 'previous', '{}', 1, " + NOW + ")",
            "INSERT INTO tasks (id, project_id, title, description, status, current_stage_id, input, settings, created_by, "
                    + "revision, created_at, updated_at) "
                    + "VALUES ('t', 'p', 'T', '', 'running', 's', '[]', '{}', 'local', 1, " + NOW + ", " + NOW + ")",
            "INSERT INTO task_stages (id, task_id, stage_template_id, sort_order) VALUES ('x', 't', 's', 0)",
            "INSERT INTO stage_executions (id, task_id, stage_template_id, attempt, fence, status, stage_type, settings, input, "
                    + "worker_wait, revision, created_at) "
                    + "VALUES ('e', 't', 's', 1, 1, 'running', 'x', '{}', '{}', 'leased', 1, " + NOW + ")",
            "INSERT INTO execution_log_lines (execution_id, seq, logged_at, level, text) VALUES ('e', 1, " + NOW
                    + ", 'info', 'hello')",
            "INSERT INTO task_state (task_id, state_key, execution_id, value, size) VALUES ('t', 'k', 'e', '1', 1)",
            "INSERT INTO task_ledger (task_id, ledger_key, value, written_by, written_at) VALUES ('t', 'k', '1', 'local', "
                    + NOW + ")",
            "INSERT INTO task_timeline (id, task_id, happened_at, kind, detail, actor) VALUES ('l', 't', " + NOW
                    + ", 'started', '{}', 'local')",
            "INSERT INTO sink_deliveries (id, task_id, sink, what, type, config, outputs, status, attempts, give_up_at, "
                    + "created_at) VALUES ('d', 't', 'k', 'w', 'file', '{}', '{}', 'pending', 0, " + NOW + ", " + NOW
                    + ")",
            "INSERT INTO worker_leases (execution_id, lease, worker, taken_at, deadline) VALUES ('e', 'l', 'w', " + NOW
                    + ", " + NOW + ")");
    private static final List<String> TABLES = List.of(
            "projects",
            "stage_templates",
            "tasks",
            "task_stages",
            "stage_executions",
            "execution_log_lines",
            "task_state",
            "task_ledger",
            "task_timeline",
            "sink_deliveries",
            "worker_leases",
            "worker_waits");

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path dir;

    private DataFolder folder;

    @BeforeEach
    void open() {
        folder = DataFolder.open(dir);
    }

    @AfterEach
    void close() throws IOException {
        folder.close();
        await(vertx.close());
    }

    /** Leaves a database as the version before does. */
    private void before(boolean begun) throws SQLException, IOException {
        Hsqldb old = new Hsqldb(folder.path());
        old.open();
        Flyway.configure()
                .dataSource(old.url(), Hsqldb.USER, Hsqldb.NO_PASSWORD)
                .locations("classpath:db/migration", "classpath:db/hsqldb")
                .target("21")
                .load()
                .migrate();
        try (Connection connection = old.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : ROWS) {
                statement.execute(sql);
            }
            if (begun) {
                statement.execute("DROP INDEX stage_executions_by_status");
                statement.execute("ALTER TABLE task_ledger DROP CONSTRAINT \""
                        + LeanTables.foreignKeys(connection, "task_ledger").get(0) + "\"");
            }
        }
        old.shutDown();
    }

    private static List<String> read(Connection connection, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private void requireLean() throws SQLException {
        Database database = await(Database.open(vertx, folder));
        try (Connection connection = DriverManager.getConnection(new Hsqldb(folder.path()).url(), "SA", "")) {
            assertThat(read(
                            connection,
                            "SELECT DISTINCT lower(table_name) FROM information_schema.table_constraints "
                                    + "WHERE constraint_type = 'FOREIGN KEY' ORDER BY 1"))
                    .containsExactly("secrets", "stage_templates", "task_stages");
            assertThat(read(
                            connection,
                            "SELECT DISTINCT lower(index_name) FROM information_schema.system_indexinfo "
                                    + "WHERE lower(table_name) IN ('tasks', 'stage_executions', 'task_timeline') "
                                    + "AND lower(index_name) NOT LIKE 'sys%' ORDER BY 1"))
                    .containsExactly("task_timeline_by_task", "tasks_by_project_id", "tasks_by_status_id");
            for (String table : TABLES) {
                assertThat(read(connection, "SELECT COUNT(*) FROM " + table))
                        .as(table)
                        .containsExactly("1");
            }
        } finally {
            await(database.close());
        }
    }

    @Test
    void theKeysAndIndexesThatServeNobodyGoAndTheRowsStay() throws Exception {
        before(false);
        requireLean();
        // As it is from then on.
        requireLean();
    }

    @Test
    void whatAnEndedUpgradeHasDoneIsNotDoneAgain() throws Exception {
        before(true);
        requireLean();
    }
}
