package dev.callboard.registry;

import dev.callboard.audit.AuditEntry;
import dev.callboard.audit.AuditRepository;
import dev.callboard.palette.Palette;
import dev.callboard.palette.PaletteChange;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.store.Database;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The SQL of the palette: epoch and revision, and the revision and hash of each entry, which together are the hash of the
 * palette: a start compares them one by one.
 */
final class PaletteRepository {
    private final Vertx vertx;
    private final Database database;
    private final AuditRepository audit;

    PaletteRepository(Vertx vertx, Database database, AuditRepository audit) {
        this.vertx = vertx;
        this.database = database;
        this.audit = audit;
    }

    /** Fails when a change could not be stored: then the stages file, which is written first, stays as it is. */
    Future<Void> requireWritable() {
        return database.requireWritable();
    }

    /** Fails when the disk of the stages file is full. Blocks. */
    void requireRoom(Path stagesFile) throws IOException {
        database.requireRoom(stagesFile);
    }

    /**
     * What was stored last.
     *
     * @param entries by id
     */
    record Stored(String epoch, long revision, Map<String, StoredEntry> entries) {}

    /** An entry's revision and what it was like then. */
    record StoredEntry(long revision, String hash) {}

    /** Reads what was stored last; nothing in a new data folder. */
    Future<Optional<Stored>> load() {
        return database.read(transaction -> transaction
                .execute("SELECT epoch, revision FROM palette_state WHERE id = 1")
                .compose(state -> {
                    if (state.size() == 0) {
                        return Future.succeededFuture(Optional.empty());
                    }
                    Row row = state.iterator().next();
                    return transaction
                            .execute("SELECT id, revision, hash FROM palette_entries")
                            .map(rows -> {
                                Map<String, StoredEntry> entries = new HashMap<>();
                                rows.forEach(entry -> entries.put(
                                        entry.getString("id"),
                                        new StoredEntry(entry.getLong("revision"), entry.getString("hash"))));
                                return Optional.of(
                                        new Stored(row.getString("epoch"), row.getLong("revision"), entries));
                            });
                }));
    }

    /**
     * The palette of a new start: the stored revision if nothing changed meanwhile, one more if something did. Entries
     * that are as they were keep their revision.
     */
    static Palette resume(Optional<Stored> stored, Palette fresh) {
        if (stored.isEmpty()) {
            return at(fresh.epoch(), 1, fresh, Map.of());
        }
        Stored last = stored.get();
        Map<String, Long> kept = new HashMap<>();
        fresh.entries().forEach((id, entry) -> {
            StoredEntry old = last.entries().get(id);
            if (old != null && old.hash().equals(PaletteHash.of(entry))) {
                kept.put(id, old.revision());
            }
        });
        boolean same = kept.size() == fresh.entries().size()
                && last.entries().size() == fresh.entries().size();
        return at(last.epoch(), same ? last.revision() : last.revision() + 1, fresh, kept);
    }

    private static Palette at(String epoch, long revision, Palette fresh, Map<String, Long> kept) {
        TreeMap<String, PaletteEntry> entries = new TreeMap<>();
        fresh.entries().forEach((id, entry) -> entries.put(id, entry.at(kept.getOrDefault(id, revision))));
        return new Palette(epoch, revision, entries);
    }

    /** Adds to the audit log where nothing else is to be stored. */
    Future<Void> audit(List<AuditEntry> entries) {
        return entries.isEmpty()
                ? Future.succeededFuture()
                : database.write(transaction -> audit.add(transaction, entries));
    }

    /** Stores the whole palette, and in the audit log why it is another than before. */
    Future<Void> saveAll(Palette palette, List<AuditEntry> entries) {
        return vertx.executeBlocking(() -> {
                    // Hashing thousands of entries is no work for an event loop.
                    return palette.entries().values().stream()
                            .map(PaletteRepository::row)
                            .toList();
                })
                .compose(rows -> database.write(transaction -> transaction
                        .execute("DELETE FROM palette_entries")
                        .compose(deleted -> insert(transaction, rows))
                        .compose(inserted -> saveState(transaction, palette))
                        .compose(saved -> audit.add(transaction, entries))));
    }

    /**
     * Changes as they are stored.
     *
     * @param ids of all entries that changed
     * @param entries those that are there afterwards
     */
    record Rows(List<Tuple> ids, List<Tuple> entries) {}

    /** The rows of changes. Hashes each entry, which is no work for an event loop when they are thousands. */
    static Rows rows(List<PaletteChange> changes) {
        Map<String, PaletteChange> last = new TreeMap<>();
        changes.forEach(change -> last.put(change.entry().id(), change));
        return new Rows(
                last.keySet().stream().map(Tuple::of).toList(),
                last.values().stream()
                        .filter(change -> change.kind() != PaletteChange.Kind.REMOVED)
                        .map(change -> row(change.entry()))
                        .toList());
    }

    /** Stores a palette that differs from the stored one by some changes, and in the audit log who made them. */
    Future<Void> save(Palette palette, List<PaletteChange> changes, List<AuditEntry> entries) {
        return vertx.executeBlocking(() -> rows(changes)).compose(rows -> save(palette, rows, entries));
    }

    /** As {@link #save(Palette, List, List)}, with the rows of the changes. */
    Future<Void> save(Palette palette, Rows changed, List<AuditEntry> entries) {
        return database.write(transaction -> transaction
                .executeBatch("DELETE FROM palette_entries WHERE id = ?", changed.ids())
                .compose(deleted -> insert(transaction, changed.entries()))
                .compose(inserted -> saveState(transaction, palette))
                .compose(saved -> audit.add(transaction, entries)));
    }

    private static Tuple row(PaletteEntry entry) {
        return Tuple.of(entry.id(), entry.revision(), PaletteHash.of(entry));
    }

    private static Future<Void> insert(Transaction transaction, List<Tuple> rows) {
        if (rows.isEmpty()) {
            return Future.succeededFuture();
        }
        return transaction
                .executeBatch("INSERT INTO palette_entries (id, revision, hash) VALUES (?, ?, ?)", rows)
                .mapEmpty();
    }

    private static Future<Void> saveState(Transaction transaction, Palette palette) {
        Tuple state = Tuple.of(palette.epoch(), palette.revision());
        return transaction
                .execute("UPDATE palette_state SET epoch = ?, revision = ? WHERE id = 1", state)
                .compose(updated -> updated.rowCount() == 1
                        ? Future.succeededFuture()
                        : transaction
                                .execute("INSERT INTO palette_state (id, epoch, revision) VALUES (1, ?, ?)", state)
                                .mapEmpty());
    }
}
