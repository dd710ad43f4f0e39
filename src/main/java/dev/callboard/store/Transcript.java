package dev.callboard.store;

import dev.callboard.store.Entry.Guard;
import dev.callboard.store.Entry.Phase;
import dev.callboard.store.Entry.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Entries of decisions that are to be written together. Of one transaction. */
final class Transcript {
    private final List<Unit.Decision<?>> decided = new ArrayList<>();
    private final Set<String> subjects = new HashSet<>();
    private boolean anything;

    private record Statement(Phase phase, String sql) {}

    /** Whether something that is not written yet may be about the same. */
    boolean concerns(@Nullable String subject) {
        return !decided.isEmpty() && (subject == null || anything || subjects.contains(subject));
    }

    /** Adds a decision that was made. */
    void add(Unit.Decision<?> decision) {
        decided.add(decision);
        String subject = decision.subject();
        if (subject == null) {
            anything = true;
        } else {
            subjects.add(subject);
        }
    }

    /** Writes all entries; those whose guard did not take fail with {@link LostEntryException}. */
    Future<Void> write(Transaction transaction) {
        if (decided.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Unit.Decision<?>> all = List.copyOf(decided);
        decided.clear();
        subjects.clear();
        anything = false;
        Failpoint.DECIDED.reach();
        return guard(transaction, all)
                .compose(guarded -> {
                    Failpoint.GUARDED.reach();
                    return rows(transaction, all);
                })
                .onSuccess(written -> Failpoint.WRITTEN.reach());
    }

    /** Counts are waited for where that costs nothing, or somebody has lost: a decision is alone then. */
    private static Future<Void> guard(Transaction transaction, List<Unit.Decision<?>> all) {
        Map<String, List<Unit.Decision<?>>> bySql = new LinkedHashMap<>();
        Map<String, List<Tuple>> firm = new LinkedHashMap<>();
        for (Unit.Decision<?> decision : all) {
            Guard guard = decision.entry().guard();
            if (guard != null && guard.firm() != null && transaction.sendsAhead() && !decision.alone) {
                firm.computeIfAbsent(guard.firm(), sql -> new ArrayList<>()).add(guard.values());
            } else if (guard != null) {
                bySql.computeIfAbsent(guard.sql(), sql -> new ArrayList<>()).add(decision);
            }
        }
        Future<Void> done = Future.succeededFuture();
        for (Map.Entry<String, List<Tuple>> each : firm.entrySet()) {
            done = done.compose(before -> transaction.write(each.getKey(), each.getValue()));
        }
        for (Map.Entry<String, List<Unit.Decision<?>>> each : bySql.entrySet()) {
            done = done.compose(before -> guard(transaction, each.getKey(), each.getValue()));
        }
        return done;
    }

    private static Future<Void> guard(Transaction transaction, String sql, List<Unit.Decision<?>> decisions) {
        List<Tuple> values = new ArrayList<>();
        for (Unit.Decision<?> decision : decisions) {
            Guard guard = decision.entry().guard();
            if (guard != null) {
                values.add(guard.values());
            }
        }
        return transaction.executeBatch(sql, values).map(first -> {
            RowSet<Row> count = first;
            for (Unit.Decision<?> decision : decisions) {
                if (count == null || count.rowCount() != 1) {
                    decision.lost();
                }
                count = count == null ? null : count.next();
            }
            return null;
        });
    }

    private static Future<Void> rows(Transaction transaction, List<Unit.Decision<?>> all) {
        Map<Statement, List<Tuple>> statements = new LinkedHashMap<>();
        for (Unit.Decision<?> decision : all) {
            if (!decision.isLost()) {
                for (Rows rows : decision.entry().rows()) {
                    statements
                            .computeIfAbsent(new Statement(rows.phase(), rows.sql()), key -> new ArrayList<>())
                            .addAll(rows.values());
                }
            }
        }
        Future<Void> done = Future.succeededFuture();
        for (Statement statement : statements.keySet().stream()
                .sorted(Comparator.comparing(Statement::phase))
                .toList()) {
            done = done.compose(
                    before -> Sql.each(transaction, statement.sql(), statements.getOrDefault(statement, List.of())));
        }
        return done;
    }
}
