package dev.callboard.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.internal.ArrayTuple;
import java.util.List;

/** A row that was read: its values are those of JDBC, by the names of their columns. */
final class JdbcRow extends ArrayTuple implements Row {
    private final List<String> columns;

    JdbcRow(List<String> columns) {
        super(columns.size());
        this.columns = columns;
    }

    @Override
    public String getColumnName(int position) {
        return columns.get(position);
    }

    @Override
    public int getColumnIndex(String column) {
        return columns.indexOf(column);
    }
}
