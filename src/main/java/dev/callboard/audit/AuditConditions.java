package dev.callboard.audit;

import dev.callboard.audit.AuditQuery.Source;
import dev.callboard.store.CaseFolding;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A query as the condition of a statement.
 *
 * @param values of its question marks, in order
 */
record AuditConditions(String sql, List<Object> values) {
    /** What is searched for words; the kind's dot and underscores are spaces to people. */
    private static final List<String> SEARCHED = List.of("title", "actor", "subject", "kind", "detail");

    AuditConditions {
        values = List.copyOf(values);
    }

    static AuditConditions of(AuditQuery query) {
        Builder all = new Builder();
        all.only("subject = ?", query.subject());
        all.only("actor = ?", query.actor());
        all.only("id < ?", query.before());
        all.only("id >= ?", query.firstId());
        all.only(
                "happened_at >= ?", query.since() == null ? null : query.since().atOffset(ZoneOffset.UTC));
        all.only("happened_at < ?", query.until() == null ? null : query.until().atOffset(ZoneOffset.UTC));
        all.oneOf(query.kinds().stream()
                .map(kind ->
                        kind.endsWith(".") ? like("kind", kind, false) : new AuditConditions("kind = ?", List.of(kind)))
                .toList());
        all.oneOf(query.sources().stream().sorted().map(AuditConditions::of).toList());
        query.words()
                .forEach(word -> all.oneOf(SEARCHED.stream()
                        .map(column -> like(CaseFolding.sql(column), CaseFolding.fold(word), true))
                        .toList()));
        return new AuditConditions(all.sql.toString(), all.values);
    }

    private static AuditConditions of(Source source) {
        return switch (source) {
            case PEOPLE -> new AuditConditions("(origin LIKE 'api %' OR origin = 'cli')", List.of());
            case FILES -> new AuditConditions("origin IN ('file', 'plugins folder')", List.of());
            case SERVER -> new AuditConditions("origin = 'engine'", List.of());
        };
    }

    private static AuditConditions like(String column, String text, boolean anywhere) {
        String escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
        return new AuditConditions(column + " LIKE ? ESCAPE '!'", List.of((anywhere ? "%" : "") + escaped + "%"));
    }

    private static final class Builder {
        private final StringBuilder sql = new StringBuilder("1 = 1");
        private final List<Object> values = new ArrayList<>();

        void only(String condition, @Nullable Object value) {
            if (value != null) {
                sql.append(" AND ").append(condition);
                values.add(value);
            }
        }

        /** One of them must hold, unless there is none. */
        void oneOf(List<AuditConditions> conditions) {
            if (!conditions.isEmpty()) {
                sql.append(conditions.stream()
                        .map(AuditConditions::sql)
                        .collect(Collectors.joining(" OR ", " AND (", ")")));
                conditions.forEach(condition -> values.addAll(condition.values()));
            }
        }
    }
}
