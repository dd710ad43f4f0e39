package dev.callboard.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What repositories say to the database again and again. */
public final class Sql {
    private Sql() {}

    /** A time as the database takes it. */
    public static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** A time as the database gives it, null where it has none. */
    public static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    /** A pattern for {@link CaseFolding#sql}, {@code LIKE ? ESCAPE '!'}, that finds a text anywhere, in any case. */
    public static String contains(String text) {
        return "%" + CaseFolding.fold(text).replaceAll("[!%_]", "!$0") + "%";
    }

    /** A write of one row that its condition may keep from happening; says whether it took. */
    public static Future<Boolean> guarded(Transaction transaction, String sql, Tuple values) {
        return transaction.execute(sql, values).map(SqlResult::rowCount).map(count -> count == 1);
    }

    /** A write for each of the rows, of which there may be none. */
    public static Future<Void> each(Transaction transaction, String sql, List<Tuple> rows) {
        return rows.isEmpty() ? Future.succeededFuture() : transaction.write(sql, rows);
    }

    /** What work gives for each of the items, one after the other; ends with the first that fails. */
    public static <T, R> Future<List<R>> inTurn(Collection<T> items, Function<T, Future<R>> work) {
        Future<List<R>> all = Future.succeededFuture(new ArrayList<>());
        for (T item : items) {
            all = all.compose(before -> work.apply(item).map(result -> {
                before.add(result);
                return before;
            }));
        }
        return all;
    }
}
