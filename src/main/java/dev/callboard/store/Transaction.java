package dev.callboard.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/**
 * A transaction that work runs its statements in. They are the same on each database: {@code ?} stands for a value, columns are
 * named in small letters. A value that is a text with the character NUL fails ({@code nul_in_text}); no database but HSQLDB
 * keeps it.
 */
public interface Transaction {
    /** Reads or writes; gives rows, or a count of them. */
    Future<RowSet<Row>> execute(String sql, Tuple values);

    /** As {@link #execute(String, Tuple)}, of a statement without values. */
    default Future<RowSet<Row>> execute(String sql) {
        return execute(sql, Tuple.tuple());
    }

    /**
     * Writes once for each of the rows, of which there is at least one.
     *
     * @return the count of the first row; those of the others follow by {@link RowSet#next()}
     */
    Future<RowSet<Row>> executeBatch(String sql, List<Tuple> rows);

    /**
     * As {@link #executeBatch} for rows whose counts are of no interest. It may be sent together with what follows: then its
     * failure is the failure of the transaction's end, and what runs until then fails too.
     */
    Future<Void> write(String sql, List<Tuple> rows);

    /** Whether {@link #write} is sent without waiting, so that it costs no time to wait for nothing. */
    default boolean sendsAhead() {
        return false;
    }
}
