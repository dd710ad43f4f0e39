package dev.callboard.store;

import io.vertx.sqlclient.PropertyKind;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.desc.ColumnDescriptor;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement gave.
 *
 * @param columnsNames of the rows; empty for a write
 * @param rows what was read
 * @param rowCount how many rows were read or written
 * @param next of the next row of a batch, null after the last
 */
record JdbcRows(List<String> columnsNames, List<Row> rows, int rowCount, @Nullable JdbcRows next)
        implements RowSet<Row> {
    static JdbcRows of(List<String> columns, List<Row> rows) {
        return new JdbcRows(columns, rows, rows.size(), null);
    }

    static JdbcRows count(int count) {
        return new JdbcRows(List.of(), List.of(), count, null);
    }

    /** Of a batch, in its order. */
    static JdbcRows counts(List<Integer> counts) {
        JdbcRows rest = null;
        for (int i = counts.size() - 1; i >= 0; i--) {
            rest = new JdbcRows(List.of(), List.of(), counts.get(i), rest);
        }
        return rest == null ? count(0) : rest;
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public RowIterator<Row> iterator() {
        Iterator<Row> all = rows.iterator();
        return new RowIterator<>() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public Row next() {
                return all.next();
            }
        };
    }

    @Override
    public RowSet<Row> value() {
        return this;
    }

    @Override
    public List<ColumnDescriptor> columnDescriptors() {
        throw new UnsupportedOperationException("descriptions of columns");
    }

    @Override
    public <V> @Nullable V property(PropertyKind<V> kind) {
        return null;
    }
}
