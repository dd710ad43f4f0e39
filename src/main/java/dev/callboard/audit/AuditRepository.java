package dev.callboard.audit;

import dev.callboard.audit.AuditMessages.AuditAdded;
import dev.callboard.bus.Bus;
import dev.callboard.problem.Ids;
import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL of the audit log: entries are added and read, nothing else. What is added is published once it is stored. */
public final class AuditRepository {
    private static final String COLUMNS = "id, happened_at, actor, origin, kind, subject, title, detail";

    /** Adds one entry. */
    public static final String INSERT = "INSERT INTO audit_log (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    private final Bus bus;
    private final Database database;
    private final Ids ids;

    /** Names the parts. */
    public AuditRepository(Bus bus, Database database, Ids ids) {
        this.bus = bus;
        this.database = database;
        this.ids = ids;
    }

    /**
     * Adds entries, in the transaction of what they report.
     *
     * @param transaction of that transaction, which is a write of the database
     */
    public Future<Void> add(Transaction transaction, List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return Future.succeededFuture();
        }
        List<AuditEntry> stored = minted(entries);
        database.afterCommit(() -> added(stored));
        return Sql.each(transaction, INSERT, rows(stored));
    }

    /** Entries with ids, as they are to be stored by {@link #INSERT}. */
    public List<AuditEntry> minted(List<AuditEntry> entries) {
        return entries.stream().map(entry -> entry.withId(ids.next())).toList();
    }

    /** The values of {@link #INSERT} for entries that have ids. */
    public static List<Tuple> rows(List<AuditEntry> entries) {
        return entries.stream().map(AuditRepository::row).toList();
    }

    /** Publishes entries that are stored now. */
    public void added(List<AuditEntry> entries) {
        if (!entries.isEmpty()) {
            bus.publish(AuditMessages.ADDED, new AuditAdded(entries));
        }
    }

    /** As {@link #add(Transaction, List)}, of something that the caller of the running write did. */
    public Future<Void> add(
            Transaction transaction, String kind, AuditEntry.Target target, String detail, Instant now) {
        return add(transaction, List.of(AuditEntry.by(database.caller(), kind, target, detail, now)));
    }

    private static Tuple row(AuditEntry entry) {
        return Tuple.of(
                entry.id(),
                entry.at().atOffset(ZoneOffset.UTC),
                entry.actor(),
                entry.origin(),
                entry.kind(),
                entry.subject(),
                entry.title(),
                entry.detail());
    }

    /**
     * Entries, newest first.
     *
     * @param next what {@link AuditQuery#before} is for the next page, null after the last
     */
    public record Page(List<AuditEntry> entries, @Nullable String next) {
        /** Copies. */
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /** Reads at most {@code limit} entries. */
    public Future<Page> page(AuditQuery query, int limit) {
        AuditConditions conditions = AuditConditions.of(query);
        Tuple values = Tuple.from(conditions.values());
        values.addInteger(limit + 1);
        return database.read(transaction -> transaction
                .execute(
                        "SELECT " + COLUMNS + " FROM audit_log WHERE " + conditions.sql() + " ORDER BY id DESC LIMIT ?",
                        values)
                .map(rows -> {
                    List<AuditEntry> entries = new ArrayList<>();
                    rows.forEach(row -> entries.add(entry(row)));
                    boolean more = entries.size() > limit;
                    List<AuditEntry> shown = more ? entries.subList(0, limit) : entries;
                    return new Page(shown, more ? shown.get(shown.size() - 1).id() : null);
                }));
    }

    private static AuditEntry entry(Row row) {
        return new AuditEntry(
                row.getString("id"),
                row.getOffsetDateTime("happened_at").toInstant(),
                row.getString("actor"),
                row.getString("origin"),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("title"),
                row.getString("detail"));
    }
}
