package dev.callboard.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prepared statement with the names of its columns, which are asked for once. */
final class JdbcStatement implements AutoCloseable {
    private final PreparedStatement statement;
    private @Nullable List<String> columns;

    JdbcStatement(PreparedStatement statement) {
        this.statement = statement;
    }

    /** Executes it; rows or a count. */
    JdbcRows execute(Tuple values) throws SQLException {
        bind(values);
        if (!statement.execute()) {
            return JdbcRows.count(statement.getUpdateCount());
        }
        try (ResultSet result = statement.getResultSet()) {
            List<String> names = columns(result.getMetaData());
            List<Row> rows = new ArrayList<>();
            while (result.next()) {
                JdbcRow row = new JdbcRow(names);
                for (int column = 1; column <= names.size(); column++) {
                    row.addValue(result.getObject(column));
                }
                rows.add(row);
            }
            return JdbcRows.of(names, rows);
        }
    }

    /** Executes it once for each of the rows, of which there is at least one. */
    JdbcRows execute(List<Tuple> rows) throws SQLException {
        try {
            for (Tuple row : rows) {
                bind(row);
                statement.addBatch();
            }
            return JdbcRows.counts(
                    Arrays.stream(statement.executeBatch()).boxed().toList());
        } finally {
            statement.clearBatch();
        }
    }

    private void bind(Tuple values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.getValue(i));
        }
    }

    private List<String> columns(ResultSetMetaData meta) throws SQLException {
        List<String> known = columns;
        if (known == null) {
            known = new ArrayList<>();
            for (int column = 1; column <= meta.getColumnCount(); column++) {
                known.add(meta.getColumnLabel(column));
            }
            columns = known;
        }
        return known;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
