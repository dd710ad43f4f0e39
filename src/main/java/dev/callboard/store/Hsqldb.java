package dev.callboard.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The embedded database and the settings without which it loses acknowledged work. Everything here blocks. */
final class Hsqldb {
    static final String USER = "SA";

    /** The one user's password: the database has no port, the folder's permissions protect it. */
    static final String NO_PASSWORD = "";

    private final String url;

    Hsqldb(Path dataFolder) {
        // No lock file: HSQLDB would wait up to 12 s after a crash, and DataFolder holds a lock already.
        url = "jdbc:hsqldb:file:" + dataFolder.resolve("db").resolve("callboard")
                + ";hsqldb.lock_file=false;hsqldb.default_table_type=cached;sql.syntax_pgs=true;hsqldb.tx=mvcc"
                + ";sql.lowercase_ident=true"
                + ";hsqldb.write_delay=false";
    }

    String url() {
        return url;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, USER, NO_PASSWORD);
    }

    /**
     * Opens or creates the database. What the URL says is ignored for an existing database, so it is said again and read
     * back.
     *
     * @throws IllegalStateException when a setting did not take
     */
    void open() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET FILES WRITE DELAY FALSE");
            statement.execute("SET DATABASE TRANSACTION CONTROL MVCC");
            statement.execute("SET DATABASE DEFAULT TABLE TYPE CACHED");
            statement.execute("SET DATABASE SQL SYNTAX PGS TRUE");
            statement.execute("SET DATABASE SQL LOWER CASE IDENTIFIER TRUE");
            require(connection, "hsqldb.write_delay", "false");
            require(connection, "hsqldb.tx", "mvcc");
            require(connection, "hsqldb.default_table_type", "cached");
            require(connection, "sql.syntax_pgs", "true");
            require(connection, "sql.lowercase_ident", "true");
        }
    }

    /** Whether the newest migration has been applied. */
    boolean isMigrated() throws SQLException {
        try (Connection connection = connect()) {
            return SchemaVersion.isNewest(connection);
        }
    }

    private static void require(Connection connection, String property, String wanted) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT property_value FROM information_schema.system_properties WHERE property_name = ?")) {
            statement.setString(1, property);
            try (ResultSet rows = statement.executeQuery()) {
                String actual = rows.next() ? rows.getString(1) : "nothing";
                if (!wanted.equalsIgnoreCase(actual)) {
                    throw new IllegalStateException("The database does not start safely: " + property + " is " + actual
                            + ", but must be " + wanted + ".");
                }
            }
        }
    }

    /** Closes the database so that the next start need not replay its log. */
    void shutDown() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }
}
