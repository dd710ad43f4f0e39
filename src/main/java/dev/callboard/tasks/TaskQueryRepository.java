package dev.callboard.tasks;

import dev.callboard.problem.Ids;
import dev.callboard.store.CaseFolding;
import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import dev.callboard.taskmodel.TaskStatus;
import dev.callboard.tasks.TaskBoardMessages.Filter;
import dev.callboard.tasks.TaskBoardMessages.ListTasks;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ids of tasks. Pages by status, by project or without a condition follow an index. Everything else has no index:
 * it is looked for in spans of {@value #SPAN} tasks, newest first, each a read of its own, and at most {@value #SPANS} spans
 * a page; the cursor of a page then says how far it came.
 */
final class TaskQueryRepository {
    static final int SPAN = 5_000;
    static final int SPANS = 20;

    /** Ids contain when they were minted; clocks that were set back make that differ from the time of creation. */
    private static final Duration SKEW = Duration.ofDays(1);

    private static final List<String> SEARCHED = List.of("t.title", "t.description", "t.id", "p.pipeline");

    private static final String NEWEST = "t.id DESC";

    private final Database database;
    private final int span;
    private final int spans;

    TaskQueryRepository(Database database) {
        this(database, SPAN, SPANS);
    }

    TaskQueryRepository(Database database, int span, int spans) {
        this.database = database;
        this.span = span;
        this.spans = spans;
    }

    /**
     * Ids of tasks, newest first.
     *
     * @param next where the next page begins, null when there are no more
     */
    record Found(List<String> ids, @Nullable String next) {
        Found {
            ids = List.copyOf(ids);
        }
    }

    Future<Found> page(ListTasks ask) {
        Filter filter = ask.filter();
        boolean indexed =
                filter.words().isEmpty() && filter.pipeline() == null && filter.label() == null && !filter.archived();
        return indexed ? indexed(ask) : scan(ask, ask.cursor(), new ArrayList<>(), 0);
    }

    private Future<Found> indexed(ListTasks ask) {
        Where where = where(ask.filter(), ask.cursor(), null);
        where.order = ask.filter().status() != null
                ? "t.status DESC, t.id DESC"
                : ask.filter().project() != null ? "t.project_id DESC, t.id DESC" : NEWEST;
        return database.read(transaction -> ids(transaction, where, ask.limit() + 1))
                .map(ids -> cut(ids, ask.limit()));
    }

    /** A page of at most that many of the ids, of which there is one more when there is a next page. */
    private static Found cut(List<String> ids, int limit) {
        return ids.size() <= limit ? new Found(ids, null) : new Found(ids.subList(0, limit), ids.get(limit - 1));
    }

    /** Looks in one span after the other until the page is full. */
    private Future<Found> scan(ListTasks ask, @Nullable String from, List<String> found, int done) {
        return database.read(transaction -> span(transaction, ask, from, ask.limit() - found.size()))
                .compose(part -> {
                    found.addAll(part.ids());
                    boolean over = part.next() == null || found.size() >= ask.limit() || done + 1 >= spans;
                    return over
                            ? Future.succeededFuture(new Found(found, part.next()))
                            : scan(ask, part.next(), found, done + 1);
                });
    }

    private Future<Found> span(Transaction transaction, ListTasks ask, @Nullable String from, int limit) {
        Where reach = new Where();
        before(reach, from);
        ages(reach, ask.filter());
        return transaction
                .execute(
                        "SELECT t.id FROM tasks t" + reach + " ORDER BY " + NEWEST + " LIMIT 1 OFFSET " + (span - 1),
                        reach.values)
                .map(TaskQueryRepository::first)
                .compose(last -> ids(transaction, where(ask.filter(), from, last), limit)
                        .map(ids -> new Found(ids, ids.size() < limit ? last : ids.get(ids.size() - 1))));
    }

    private static @Nullable String first(RowSet<Row> rows) {
        return rows.size() == 0 ? null : rows.iterator().next().getString("id");
    }

    private static Future<List<String>> ids(Transaction transaction, Where where, int limit) {
        String projects = where.projects ? " JOIN projects p ON p.id = t.project_id" : "";
        return transaction
                .execute(
                        "SELECT t.id FROM tasks t" + projects + where + " ORDER BY " + where.order + " LIMIT " + limit,
                        where.values)
                .map(TaskQueryRepository::all);
    }

    private static List<String> all(RowSet<Row> rows) {
        List<String> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.getString("id")));
        return ids;
    }

    private static Where where(Filter filter, @Nullable String cursor, @Nullable String last) {
        Where where = new Where();
        where.and(filter.archived() ? "t.archived_at IS NOT NULL" : "t.archived_at IS NULL");
        where.and("t.status = ?", filter.status());
        where.and("t.project_id = ?", filter.project());
        where.and("p.pipeline = ?", filter.pipeline());
        String label = filter.label();
        where.and(CaseFolding.sql("t.labels") + " LIKE ? ESCAPE '!'", label == null ? null : TaskLabels.pattern(label));
        before(where, cursor);
        where.and("t.id >= ?", last);
        ages(where, filter);
        filter.words().forEach(where::word);
        where.projects = filter.pipeline() != null || !filter.words().isEmpty();
        return where;
    }

    private static void before(Where where, @Nullable String cursor) {
        where.and("t.id < ?", cursor);
    }

    private static void ages(Where where, Filter filter) {
        Instant since = filter.since();
        if (since != null) {
            where.and("t.id >= ?", Ids.from(since.minus(SKEW)));
            where.and("t.created_at >= ?", Sql.at(since));
        }
        Instant until = filter.until();
        if (until != null) {
            where.and("t.id < ?", Ids.from(until.plus(SKEW)));
            where.and("t.created_at < ?", Sql.at(until));
        }
    }

    /** Ids of tasks of a status: those that have it longest, or the newest tasks. */
    Future<List<String>> of(Transaction transaction, TaskStatus status, boolean longest, int limit) {
        return transaction
                .execute(
                        "SELECT t.id FROM tasks t WHERE t.status = ? AND t.archived_at IS NULL ORDER BY "
                                + (longest ? "t.status_since NULLS FIRST, t.id" : "t.status DESC, t.id DESC")
                                + " LIMIT " + limit,
                        Tuple.of(status.word()))
                .map(TaskQueryRepository::all);
    }

    /** The newest tasks. */
    Future<Found> newest(Transaction transaction, int limit) {
        Where where = new Where();
        where.and("t.archived_at IS NULL");
        return ids(transaction, where, limit + 1).map(ids -> cut(ids, limit));
    }

    /** Status to number of tasks that are not archived; statuses without any are left out. Reads all tasks. */
    Future<Map<String, Long>> counts(Transaction transaction) {
        return transaction
                .execute("SELECT status, COUNT(*) AS tasks FROM tasks WHERE archived_at IS NULL GROUP BY status")
                .map(rows -> {
                    Map<String, Long> counts = new LinkedHashMap<>();
                    rows.forEach(row -> counts.put(row.getString("status"), row.getLong("tasks")));
                    return counts;
                });
    }

    /** A condition that grows. */
    private static final class Where {
        private final StringBuilder text = new StringBuilder();
        private final Tuple values = Tuple.tuple();
        private boolean projects;

        /** Named as the index that it is to follow: else the database sorts all that fits. */
        private String order = NEWEST;

        void and(String condition) {
            text.append(text.isEmpty() ? " WHERE " : " AND ").append(condition);
        }

        /** With one value; without it there is no condition. */
        void and(String condition, @Nullable Object value) {
            if (value != null) {
                and(condition);
                values.addValue(value);
            }
        }

        void word(String word) {
            String pattern = Sql.contains(word);
            and(SEARCHED.stream()
                    .map(column -> CaseFolding.sql(column) + " LIKE ? ESCAPE '!'")
                    .collect(Collectors.joining(" OR ", "(", ")")));
            for (int i = 0; i < SEARCHED.size(); i++) {
                values.addString(pattern);
            }
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
