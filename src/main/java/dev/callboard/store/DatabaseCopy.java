package dev.callboard.store;

import dev.callboard.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Copies the database of a data folder into an empty one of a PostgreSQL server, all of it or nothing. */
public final class DatabaseCopy {
    private static final int BATCH = 500;

    /** Rows that refer to others come after them; all other tables stand for themselves. */
    private static final List<String> FIRST = List.of("projects", "stage_templates", "tasks");

    private DatabaseCopy() {}

    /**
     * A table that was copied.
     *
     * @param name of it
     * @param rows how many it has
     * @param changed in how many of them a text had NUL, which PostgreSQL does not take: it has become U+FFFD
     */
    public record Table(String name, long rows, long changed) {}

    /**
     * Copies, then reads what arrived and compares it. Blocks.
     *
     * @param folder nobody else has it open; its database is upgraded first when it is older
     * @param copied told of each table
     * @throws ProblemException {@code database_not_empty}, {@code database_in_use}, {@code database_unavailable},
     *     {@code copy_differs}
     */
    public static void run(DataFolder folder, PostgresServer server, Consumer<Table> copied) throws IOException {
        Hsqldb hsqldb = new Hsqldb(folder.path());
        if (!hsqldb.exists()) {
            throw nothing(folder.path());
        }
        try {
            copyAll(hsqldb, server, copied);
        } catch (SQLException e) {
            throw ProblemException.unavailable(
                    Failures.UNAVAILABLE, "The copy ended early (" + e.getMessage() + "). Nothing of it was kept.");
        }
    }

    private static void copyAll(Hsqldb hsqldb, PostgresServer server, Consumer<Table> copied)
            throws SQLException, IOException {
        hsqldb.open();
        try (Connection from = EmbeddedBackend.upgraded(hsqldb)) {
            try (Connection to = connected(server)) {
                to.setAutoCommit(false);
                lock(to, server);
                PostgresSchema.upgrade(server);
                List<String> tables = tables(to);
                requireEmpty(to, tables, server);
                for (String table : tables) {
                    copied.accept(copy(from, to, table));
                }
                to.commit();
            }
        } finally {
            hsqldb.shutDown();
        }
    }

    /** What a folder without a database is answered with. */
    public static ProblemException nothing(Path folder) {
        return ProblemException.notFound("no_database", "The data folder " + folder + " has no database to copy.");
    }

    private static Connection connected(PostgresServer server) {
        try {
            return PostgresSchema.source(server).getConnection();
        } catch (SQLException e) {
            throw ProblemException.unavailable(
                    Failures.UNAVAILABLE, "The database " + server + " cannot be used (" + e.getMessage() + ").");
        }
    }

    private static void lock(Connection to, PostgresServer server) throws SQLException {
        try (Statement statement = to.createStatement();
                ResultSet held = statement.executeQuery("SELECT pg_try_advisory_lock(" + PostgresBackend.LOCK + ")")) {
            held.next();
            if (!held.getBoolean(1)) {
                throw PostgresBackend.inUse(server);
            }
        }
    }

    private static List<String> tables(Connection to) throws SQLException {
        List<String> tables = new ArrayList<>(FIRST);
        try (Statement statement = to.createStatement();
                ResultSet rows = statement.executeQuery("SELECT table_name FROM information_schema.tables "
                        + "WHERE table_schema = CURRENT_SCHEMA AND table_type = 'BASE TABLE' "
                        + "AND table_name NOT IN ('flyway_schema_history', 'server_epoch') ORDER BY table_name")) {
            while (rows.next()) {
                if (!FIRST.contains(rows.getString(1))) {
                    tables.add(rows.getString(1));
                }
            }
        }
        return tables;
    }

    private static void requireEmpty(Connection to, List<String> tables, PostgresServer server) throws SQLException {
        for (String table : tables) {
            try (Statement statement = to.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 1 FROM " + table + " LIMIT 1")) {
                if (rows.next()) {
                    throw ProblemException.illegalState(
                            "database_not_empty",
                            "The database " + server + " has rows already (table " + table
                                    + "). Nothing was copied; give an empty one.");
                }
            }
        }
    }

    private static Table copy(Connection from, Connection to, String table) throws SQLException {
        List<String> columns = columns(to, table);
        String names = String.join(", ", columns);
        RowSum read = new RowSum();
        try (Statement select = from.createStatement();
                ResultSet rows = select.executeQuery("SELECT " + names + " FROM " + table);
                PreparedStatement insert = to.prepareStatement("INSERT INTO " + table + " (" + names + ") VALUES ("
                        + columns.stream().map(column -> "?").collect(Collectors.joining(", ")) + ")")) {
            while (rows.next()) {
                List<Object> values = read.add(rows, columns.size());
                for (int i = 0; i < values.size(); i++) {
                    insert.setObject(i + 1, values.get(i));
                }
                insert.addBatch();
                if (read.rows() % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
        RowSum arrived = arrived(to, table, names, columns.size());
        if (!arrived.equals(read)) {
            throw ProblemException.illegalState(
                    "copy_differs",
                    "The rows of " + table + " are not the same after copying (" + read + ", arrived " + arrived
                            + "). Nothing was kept.");
        }
        return new Table(table, read.rows(), read.changed());
    }

    private static RowSum arrived(Connection to, String table, String names, int columns) throws SQLException {
        RowSum arrived = new RowSum();
        try (Statement select = to.createStatement()) {
            select.setFetchSize(BATCH);
            try (ResultSet rows = select.executeQuery("SELECT " + names + " FROM " + table)) {
                while (rows.next()) {
                    arrived.add(rows, columns);
                }
            }
        }
        return arrived;
    }

    private static List<String> columns(Connection to, String table) throws SQLException {
        try (PreparedStatement statement = to.prepareStatement("SELECT column_name FROM information_schema.columns "
                + "WHERE table_schema = CURRENT_SCHEMA AND table_name = ? ORDER BY ordinal_position")) {
            statement.setString(1, table);
            List<String> columns = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
            }
            return columns;
        }
    }
}
