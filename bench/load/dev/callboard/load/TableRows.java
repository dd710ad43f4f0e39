package dev.callboard.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows that one task has in one table, to be written again under other ids.
 *
 * @param id which column is the id of a row, -1 for none
 */
record TableRows(int id, List<Object[]> rows, PreparedStatement insert) {
    /** Reads them. */
    static TableRows read(Connection connection, String table, String which, String task) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM " + table + " WHERE " + which)) {
            select.setString(1, task);
            try (ResultSet found = select.executeQuery()) {
                ResultSetMetaData columns = found.getMetaData();
                int id = -1;
                for (int i = 0; i < columns.getColumnCount(); i++) {
                    id = columns.getColumnName(i + 1).equalsIgnoreCase("id") ? i : id;
                }
                List<Object[]> rows = new ArrayList<>();
                while (found.next()) {
                    Object[] row = new Object[columns.getColumnCount()];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = found.getObject(i + 1);
                    }
                    rows.add(row);
                }
                String values = String.join(
                        ", ", Arrays.asList("?".repeat(columns.getColumnCount()).split("")));
                return new TableRows(
                        id, rows, connection.prepareStatement("INSERT INTO " + table + " VALUES (" + values + ")"));
            }
        }
    }

    int size() {
        return rows.size();
    }

    /** The ids of the rows. */
    List<String> ids() {
        return id < 0 ? List.of() : rows.stream().map(row -> (String) row[id]).toList();
    }

    /** Adds a copy of each to what is written next. */
    void add(EarlierIds earlier) throws SQLException {
        for (Object[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                insert.setObject(i + 1, copy(row[i], earlier));
            }
            insert.addBatch();
        }
    }

    /** Writes what was added. */
    void write() throws SQLException {
        if (!rows.isEmpty()) {
            insert.executeBatch();
        }
    }

    private static Object copy(Object value, EarlierIds earlier) {
        if (value instanceof OffsetDateTime time) {
            return time.minus(Duration.ofMillis(earlier.ms()));
        }
        return value instanceof String text ? earlier.in(text) : value;
    }
}
