package dev.callboard.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What one step changes, by plain JDBC: a guarded update of its task, the attempt that ends, the next one, and a state key; in
 * tables with as many columns and indexes as the server's have at that time.
 */
final class BareSteps {
    private static final String TEXT = "a text of some length, as most columns of a row have it";

    private final Connection database;
    private long id;

    BareSteps(Connection database) throws SQLException {
        this.database = database;
        try (Statement statement = database.createStatement()) {
            statement.execute("CREATE TABLE bare_tasks (id VARCHAR(32) NOT NULL PRIMARY KEY, project VARCHAR(32),"
                    + " status VARCHAR(24), revision BIGINT, a VARCHAR(500), b VARCHAR(500), c VARCHAR(500))");
            statement.execute("CREATE INDEX bare_tasks_by_status ON bare_tasks (status, id)");
            statement.execute("CREATE INDEX bare_tasks_by_project ON bare_tasks (project, id)");
            statement.execute("CREATE TABLE bare_attempts (id VARCHAR(32) NOT NULL PRIMARY KEY, task VARCHAR(32),"
                    + " template VARCHAR(32), attempt INTEGER, status VARCHAR(24), a VARCHAR(500), b VARCHAR(500),"
                    + " c VARCHAR(500), UNIQUE (task, template, attempt))");
            statement.execute("CREATE INDEX bare_attempts_by_wait ON bare_attempts (status, task)");
            statement.execute("CREATE TABLE bare_state (task VARCHAR(32) NOT NULL, state_key VARCHAR(128) NOT NULL,"
                    + " a VARCHAR(500), PRIMARY KEY (task, state_key))");
            statement.execute("INSERT INTO bare_tasks VALUES ('task', 'project', 'running', 0, '" + TEXT + "', '" + TEXT
                    + "', '" + TEXT + "')");
            statement.execute("INSERT INTO bare_attempts VALUES ('0', 'task', 'template', 0, 'running', '" + TEXT
                    + "', NULL, NULL)");
        }
    }

    double p50Ms(long windowMs) throws SQLException {
        List<Double> times = new ArrayList<>();
        try (PreparedStatement task = database.prepareStatement(
                        "UPDATE bare_tasks SET revision = ?, a = ? WHERE id = 'task' AND revision = ?");
                PreparedStatement ended = database.prepareStatement(
                        "UPDATE bare_attempts SET status = 'completed', b = ?, c = ? WHERE id = ? AND status = 'running'");
                PreparedStatement next = database.prepareStatement(
                        "INSERT INTO bare_attempts VALUES (?, 'task', 'template', ?, 'running', ?, NULL, NULL)");
                PreparedStatement state = database.prepareStatement("INSERT INTO bare_state VALUES ('task', ?, ?)")) {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(windowMs);
            while (System.nanoTime() < until) {
                long started = System.nanoTime();
                task.setLong(1, id + 1);
                task.setString(2, TEXT);
                task.setLong(3, id);
                ended.setString(1, TEXT);
                ended.setString(2, TEXT);
                ended.setString(3, Long.toString(id));
                id++;
                next.setString(1, Long.toString(id));
                next.setLong(2, id);
                next.setString(3, TEXT);
                state.setString(1, Long.toString(id));
                state.setString(2, TEXT);
                task.executeUpdate();
                ended.executeUpdate();
                next.executeUpdate();
                state.executeUpdate();
                database.commit();
                times.add((System.nanoTime() - started) / 1e6);
            }
        }
        Collections.sort(times);
        return RoundFigures.percentile(times, 50);
    }
}
