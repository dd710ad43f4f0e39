package dev.callboard.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The settings of HSQLDB without which acknowledged work is lost or read wrongly. */
final class SafeSettings {
    private static final Map<String, String> REQUIRED = Map.of(
            "hsqldb.write_delay", "false",
            "hsqldb.tx", "mvcc",
            "hsqldb.default_table_type", "cached",
            "sql.syntax_pgs", "true",
            "sql.lowercase_ident", "true");

    private SafeSettings() {}

    /**
     * What only a database without tables takes: texts that differ in spaces at their ends are different, as in PostgreSQL, and
     * are compared without being padded. Existing indexes would keep their old order.
     */
    static void applyToNew(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET DATABASE COLLATION SQL_TEXT NO PAD");
        }
    }

    /**
     * Sets them and reads them back: what the URL says is ignored for an existing database.
     *
     * @throws IllegalStateException when a setting did not take
     */
    static void apply(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET FILES WRITE DELAY FALSE");
            // Checkpoints are made between two writes: see Hsqldb.checkpoint().
            statement.execute("SET FILES LOG SIZE 0");
            statement.execute("SET DATABASE TRANSACTION CONTROL MVCC");
            statement.execute("SET DATABASE DEFAULT TABLE TYPE CACHED");
            statement.execute("SET DATABASE SQL SYNTAX PGS TRUE");
            statement.execute("SET DATABASE SQL LOWER CASE IDENTIFIER TRUE");
        }
        for (Map.Entry<String, String> setting : REQUIRED.entrySet()) {
            require(connection, setting.getKey(), setting.getValue());
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
}
