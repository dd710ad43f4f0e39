package dev.callboard.audit;

import dev.callboard.model.Ids;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL of the audit log: rows are added and read, nothing else. */
public final class AuditRepository {
    private final Database database;
    private final Ids ids;

    /** Names the parts. */
    public AuditRepository(Database database, Ids ids) {
        this.database = database;
        this.ids = ids;
    }

    /**
     * Adds rows, in the transaction of what they tell of.
     *
     * @param connection of that transaction
     */
    public Future<Void> add(SqlConnection connection, List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return Future.succeededFuture();
        }
        return connection
                .preparedQuery("INSERT INTO audit_log (id, happened_at, actor, origin, kind, subject, detail) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?)")
                .executeBatch(entries.stream().map(this::row).toList())
                .mapEmpty();
    }

    /** As {@link #add(SqlConnection, List)}, of something that the caller of the running write did. */
    public Future<Void> add(SqlConnection connection, String kind, String subject, String detail, Instant now) {
        return add(connection, List.of(AuditEntry.by(database.caller(), kind, subject, detail, now)));
    }

    /** As above, where the message itself says who it is from. */
    public Future<Void> add(
            SqlConnection connection, String actor, String kind, String subject, String detail, Instant now) {
        String from = database.caller().from();
        return add(connection, List.of(new AuditEntry("", now, actor, from, kind, subject, detail)));
    }

    private Tuple row(AuditEntry entry) {
        return Tuple.of(
                ids.next(),
                entry.at().atOffset(ZoneOffset.UTC),
                entry.actor(),
                entry.origin(),
                entry.kind(),
                entry.subject(),
                entry.detail());
    }

    /**
     * Which rows; what is null does not matter.
     *
     * @param kind the whole kind, or with a dot at its end all kinds that begin so
     * @param before only rows older than that id
     * @param limit at most that many
     */
    public record Query(
            @Nullable String kind,
            @Nullable String subject,
            @Nullable String actor,
            @Nullable String before,
            int limit) {}

    /**
     * Rows, newest first.
     *
     * @param next the {@code before} of the next page, null after the last
     */
    public record Page(List<AuditEntry> entries, @Nullable String next) {
        /** Copies. */
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /** Reads. */
    public Future<Page> page(Query query) {
        StringBuilder where = new StringBuilder(" WHERE 1 = 1");
        Tuple values = Tuple.tuple();
        String kind = query.kind();
        if (kind != null && kind.endsWith(".")) {
            only(where, values, "kind LIKE ?", kind + "%");
        } else {
            only(where, values, "kind = ?", kind);
        }
        only(where, values, "subject = ?", query.subject());
        only(where, values, "actor = ?", query.actor());
        only(where, values, "id < ?", query.before());
        values.addInteger(query.limit() + 1);
        return database.read(connection -> connection
                .preparedQuery("SELECT id, happened_at, actor, origin, kind, subject, detail FROM audit_log" + where
                        + " ORDER BY id DESC LIMIT ?")
                .execute(values)
                .map(rows -> {
                    List<AuditEntry> entries = new ArrayList<>();
                    rows.forEach(row -> entries.add(entry(row)));
                    boolean more = entries.size() > query.limit();
                    List<AuditEntry> shown = more ? entries.subList(0, query.limit()) : entries;
                    return new Page(shown, more ? shown.get(shown.size() - 1).id() : null);
                }));
    }

    private static void only(StringBuilder where, Tuple values, String condition, @Nullable String value) {
        if (value != null) {
            where.append(" AND ").append(condition);
            values.addString(value);
        }
    }

    private static AuditEntry entry(Row row) {
        return new AuditEntry(
                row.getString("id"),
                row.getOffsetDateTime("happened_at").toInstant(),
                row.getString("actor"),
                row.getString("origin"),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("detail"));
    }
}
