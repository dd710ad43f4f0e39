package dev.callboard.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Tells whether the newest migration has been applied. Starting Flyway only to hear that there is nothing to do costs
 * close to half a second at each start.
 */
final class SchemaVersion {
    /** The newest of {@code db/migration}, {@code db/hsqldb} and {@link LeanTables}; a test holds them together. */
    static final String HSQLDB = "28";

    /** As {@link #HSQLDB}, with {@code db/postgresql}. */
    static final String POSTGRESQL = "28";

    private SchemaVersion() {}

    static boolean isNewest(Connection connection, String newest) throws SQLException {
        return hasHistory(connection) && newest.equals(applied(connection));
    }

    /** Whether it has tables already, of whatever version. */
    static boolean hasHistory(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT 1 FROM information_schema.tables WHERE lower(table_name) = 'flyway_schema_history'");
                ResultSet rows = statement.executeQuery()) {
            return rows.next();
        }
    }

    private static String applied(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT \"version\", \"success\" FROM \"flyway_schema_history\""
                                + " ORDER BY \"installed_rank\" DESC LIMIT 1");
                ResultSet rows = statement.executeQuery()) {
            return rows.next() && rows.getBoolean(2) ? rows.getString(1) : "";
        }
    }
}
