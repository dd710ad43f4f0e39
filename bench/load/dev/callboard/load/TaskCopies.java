package dev.callboard.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fills the data folder of a server that does not run with finished tasks: copies of the last one that the server finished,
 * all its rows in all tables, each with ids and times of its own, as if they had been done one after the other before it.
 */
final class TaskCopies {
    private static final long APART_MS = 100;
    private static final int TASKS_A_COMMIT = 500;
    private static final String OF_TASK = "task_id = ?";

    /** The tables that have rows of a task, and which these are. */
    private static final Map<String, String> TABLES = Map.of(
            "tasks", "id = ?",
            "stage_executions", OF_TASK,
            "execution_log_lines", "execution_id IN (SELECT id FROM stage_executions WHERE task_id = ?)",
            "task_stages", OF_TASK,
            "task_state", OF_TASK,
            "task_ledger", OF_TASK,
            "task_timeline", OF_TASK,
            "sink_deliveries", OF_TASK,
            "audit_log", "subject = ?");

    private TaskCopies() {}

    /** Arguments: the data folder, how many tasks. Prints how many rows each has. */
    public static void main(String[] arguments) throws Exception {
        Path files = Path.of(arguments[0], "db", "callboard");
        // They are of the files as the server left them; without them it opens any that can be read.
        Files.deleteIfExists(files.resolveSibling("callboard.sums"));
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:hsqldb:file:" + files.toAbsolutePath() + ";hsqldb.lock_file=false", "SA", "");
                Statement statement = connection.createStatement()) {
            // What is written is not worth a log: if this fails, the folder is of no use.
            statement.execute("SET FILES LOG FALSE");
            connection.setAutoCommit(false);
            copy(connection, Integer.parseInt(arguments[1]));
            connection.setAutoCommit(true);
            statement.execute("CHECKPOINT");
            statement.execute("SET FILES LOG TRUE");
            statement.execute("SHUTDOWN");
        }
    }

    private static void copy(Connection connection, int count) throws SQLException {
        String task = last(connection);
        List<TableRows> tables = new ArrayList<>();
        for (Map.Entry<String, String> table : TABLES.entrySet()) {
            tables.add(TableRows.read(connection, table.getKey(), table.getValue(), task));
        }
        List<String> ids =
                tables.stream().flatMap(table -> table.ids().stream()).toList();
        for (int left = count; left > 0; left--) {
            EarlierIds earlier = new EarlierIds(ids, left * APART_MS);
            for (TableRows table : tables) {
                table.add(earlier);
            }
            if (left % TASKS_A_COMMIT == 1) {
                for (TableRows table : tables) {
                    table.write();
                }
                connection.commit();
            }
        }
        System.out.println(tables.stream().mapToInt(TableRows::size).sum());
    }

    private static String last(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT max(id) FROM tasks WHERE status = 'completed'")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
