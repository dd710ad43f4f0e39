package dev.callboard.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * The tables that each step writes lose their foreign keys, each of which costs a look-up at every write and, in HSQLDB, an
 * index, and the indexes that others serve as well. Rows of tasks and attempts are never deleted and all writes go through
 * one writer, so the keys refused nothing. They were made without names, so that each database named them itself: that is
 * why this is no file of SQL. What is done may be done again: HSQLDB commits each of its statements at once.
 */
final class LeanTables implements JavaMigration {
    static final String VERSION = "22";

    private static final List<String> TABLES = List.of(
            "tasks",
            "stage_executions",
            "execution_log_lines",
            "task_state",
            "task_ledger",
            "task_timeline",
            "sink_deliveries",
            "worker_leases");

    /** Attempts are found by their task, and tasks of a project by the index that has their id too. */
    private static final List<String> INDEXES =
            List.of("stage_executions_by_status", "stage_executions_by_template", "tasks_by_project");

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion(VERSION);
    }

    @Override
    public String getDescription() {
        return "lean tables";
    }

    @Override
    public Integer getChecksum() {
        return 1;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                for (String key : foreignKeys(connection, table)) {
                    statement.execute("ALTER TABLE " + table + " DROP CONSTRAINT \"" + key + "\"");
                }
            }
            for (String index : INDEXES) {
                statement.execute("DROP INDEX IF EXISTS " + index);
            }
        }
    }

    /** Their names, as the database writes them. */
    static List<String> foreignKeys(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT constraint_name FROM information_schema.table_constraints "
                        + "WHERE constraint_type = 'FOREIGN KEY' AND lower(table_name) = ? "
                        + "AND lower(table_schema) = lower(CURRENT_SCHEMA) ORDER BY constraint_name")) {
            statement.setString(1, table);
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }
    }
}
