package dev.callboard.store;

import dev.callboard.bus.Caller;
import dev.callboard.metrics.Meters;
import dev.callboard.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The only way to the database. Every statement, a read too, runs inside a transaction: after the first one a pooled
 * connection never goes back to committing by itself (vertx-jdbc-client issue 356), so a statement outside would report
 * success and be lost.
 *
 * <p>Answers arrive on the context of the caller. Failures of the disk or the database arrive as
 * {@link dev.callboard.problem.ProblemException} ({@code STORAGE_FULL}, {@code UNAVAILABLE}); nothing was stored then.
 */
public final class Database {
    /** The code of a problem: what was to be decided about changed again and again; nothing was stored. */
    public static final String CHANGED = "task_changed";

    /** How often a decision is made before it fails. */
    private static final int DECISIONS = 5;

    private final Vertx vertx;
    private final Backend backend;
    private final Storage storage;
    private final GroupCommit groupCommit;
    private final Reserve reserve;
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

    private Database(
            Vertx vertx,
            Context context,
            Backend backend,
            Pools opened,
            DataFolder folder,
            Reserve reserve,
            Meters meters) {
        this.vertx = vertx;
        this.backend = backend;
        this.reserve = reserve;
        this.storage = new Storage(context, backend, opened, folder.path(), reserve, meters.store());
        this.groupCommit = new GroupCommit(context, storage, meters.store());
    }

    /**
     * Opens the database in {@code db/} of the data folder, creates or migrates its tables, and refuses one that would
     * lose acknowledged work. Fails with {@code storage_full} or {@code database_unavailable} when the disk has no room for that
     * or cannot be written.
     */
    public static Future<Database> open(Vertx vertx, DataFolder folder) {
        return open(vertx, folder, Reserve.standard(), Meters.none());
    }

    /**
     * As {@link #open(Vertx, DataFolder)}; writes are measured.
     *
     * @param reserve what is kept free on the disk of the data folder
     */
    public static Future<Database> open(Vertx vertx, DataFolder folder, Reserve reserve, Meters meters) {
        return open(vertx, folder, reserve, meters, CheckedStream.DiskSync.system());
    }

    /** As {@link #open(Vertx, DataFolder, Reserve, Meters)}, with another way of bringing files to the disk; for tests. */
    static Future<Database> open(
            Vertx vertx, DataFolder folder, Reserve reserve, Meters meters, CheckedStream.DiskSync disk) {
        Context context = vertx.getOrCreateContext();
        Backend backend = new EmbeddedBackend(vertx, folder.path(), reserve, meters.store(), disk);
        return backend.open().map(pools -> new Database(vertx, context, backend, pools, folder, reserve, meters));
    }

    /**
     * Opens a database of a PostgreSQL server, creates or migrates its tables, and refuses one that another server of Callboard
     * uses. Fails with {@code database_unavailable}, {@code database_in_use} or {@code database_refused}.
     *
     * @param folder where everything else is
     * @param reserve what is kept free on its disk
     */
    public static Future<Database> open(
            Vertx vertx, PostgresServer server, DataFolder folder, Reserve reserve, Meters meters) {
        return open(vertx, server, PostgresBackend.Patience.USUAL, folder, reserve, meters);
    }

    /** As {@link #open(Vertx, PostgresServer, DataFolder, Reserve, Meters)}, with another patience; for tests. */
    static Future<Database> open(
            Vertx vertx,
            PostgresServer server,
            PostgresBackend.Patience patience,
            DataFolder folder,
            Reserve reserve,
            Meters meters) {
        Context context = vertx.getOrCreateContext();
        Backend backend = new PostgresBackend(vertx, context, server, patience);
        return backend.open().map(pools -> new Database(vertx, context, backend, pools, folder, reserve, meters));
    }

    /**
     * Reads, in a transaction of its own that sees what was committed before.
     *
     * @param work uses the transaction it is given and nothing else of the caller's that may change
     */
    public <T> Future<T> read(Function<Transaction, Future<T>> work) {
        return onCaller(storage.read(work));
    }

    /** The numbers of that name, which all who change such rows move on. */
    public Tally tally(String name) {
        return tallies.computeIfAbsent(name, made -> new Tally(this));
    }

    /**
     * Reads as of a place among the writes: what was committed before it is seen, and nothing else.
     *
     * @param begun done at that place: after the actions that follow the commits before it, before those of the commits after
     *     it; returns at once
     */
    <T> Future<T> readAsOf(Runnable begun, Function<Transaction, Future<T>> work) {
        Promise<T> result = Promise.promise();
        groupCommit
                .<Void>write(writer -> {
                    Promise<Void> opened = Promise.promise();
                    // A transaction that reads sees what was committed before its first statement.
                    Future<T> read = storage.read(
                            reader -> touch(reader).onComplete(opened).compose(open -> work.apply(reader)));
                    read.onComplete(result);
                    read.onFailure(opened::tryFail);
                    return opened.future().onSuccess(open -> begun.run());
                })
                .onFailure(result::tryFail);
        return onCaller(result.future());
    }

    private static Future<Void> touch(Transaction transaction) {
        return transaction.execute("SELECT 1 FROM palette_state").mapEmpty();
    }

    /**
     * Writes: completes when the work is on the disk, fails when nothing of it is. All writes of the server run one after
     * the other, so what a unit reads is not changed by another one before it writes.
     *
     * @param work runs on the writer's thread: uses the transaction it is given and nothing of the caller's that may change
     */
    public <T> Future<T> write(Function<Transaction, Future<T>> work) {
        return onCaller(groupCommit.write(work));
    }

    /**
     * Decides: completes when what was decided is on the disk, fails when nothing of it is. Decisions and writes run one after
     * the other; the rows of many decisions are written together. A decision is made again when what it was about changed
     * before its rows were written; fails with {@value #CHANGED} when that goes on.
     *
     * @param subject what it is about, as the id of a task; null when it finds that out itself
     * @param decision runs on the writer's thread, perhaps several times: reads with the transaction it is given, and uses
     *     nothing of the caller's that may change
     */
    public <T> Future<T> decide(@Nullable String subject, Function<Transaction, Future<Entry<T>>> decision) {
        return onCaller(decide(subject, decision, Caller.current(), 1));
    }

    private <T> Future<T> decide(
            @Nullable String subject, Function<Transaction, Future<Entry<T>>> decision, Caller caller, int times) {
        return groupCommit.decide(subject, decision, caller).recover(failure -> {
            if (!(failure instanceof LostEntryException)) {
                return Future.failedFuture(failure);
            }
            return times < DECISIONS
                    ? decide(subject, decision, caller, times + 1)
                    : Future.failedFuture(ProblemException.illegalState(
                            CHANGED, "It was changed at the same moment; look at it again, then repeat the request."));
        });
    }

    /** Takes part in what becomes of the writes; to be called before the first of them. */
    public void keep(Copies copies) {
        groupCommit.keep(copies);
    }

    /** What is kept in memory of something, by its id, is not right any more; to be called from the work of a write only. */
    public void outdated(String id) {
        groupCommit.outdated(id);
    }

    /** Who asked for the write that runs now; to be called from its work only. */
    public Caller caller() {
        return groupCommit.caller();
    }

    /**
     * Does something once the write that runs now is on the disk; not when it fails. To be called from its work only.
     *
     * @param action runs on the writer's thread, in the order of the commits, and returns at once
     */
    public void afterCommit(Runnable action) {
        groupCommit.afterCommit(action);
    }

    private <T> Future<T> onCaller(Future<T> future) {
        Context caller = Vertx.currentContext();
        if (caller == null || caller.owner() != vertx) {
            return future;
        }
        Promise<T> promise = Promise.promise();
        future.onComplete(result -> caller.runOnContext(ignored -> {
            if (result.succeeded()) {
                promise.complete(result.result());
            } else {
                promise.fail(result.cause());
            }
        }));
        return promise.future();
    }

    /** Whether changes can be stored now, as far as it is known. */
    public StorageState storage() {
        return storage.state();
    }

    /**
     * Fails when a change would be refused: {@code storage_full}, {@code database_unavailable}. For work that writes a file
     * before the database.
     *
     * @param file will be written; its folder exists
     */
    public Future<Void> requireWritable(Path file) {
        return onCaller(storage.writable()
                .compose(writable -> vertx.executeBlocking(() -> {
                    requireRoom(file);
                    return null;
                })));
    }

    /** As {@link #requireWritable}, without a look at the disk of a file: {@link #requireRoom} is to follow. */
    public Future<Void> requireWritable() {
        return onCaller(storage.writable());
    }

    /**
     * Fails with {@code storage_full} when the disk of a file that will be written has too little left. Blocks.
     *
     * @param file its folder exists
     */
    public void requireRoom(Path file) throws IOException {
        reserve.require(file.toString(), file.toAbsolutePath().resolveSibling(""), 0);
    }

    /** Fails when the database does not answer. */
    public Future<Void> check() {
        return read(Database::touch);
    }

    /** Fails when nothing can be stored. */
    public Future<Void> checkWrite() {
        return write(transaction -> transaction
                .execute("UPDATE palette_state SET revision = revision WHERE id = 1")
                .mapEmpty());
    }

    /** Finishes what waits and closes the database, so that the next start is fast. */
    public Future<Void> close() {
        return storage.ending()
                .compose(ending -> groupCommit.close())
                .compose(ignored -> storage.close())
                .transform(ignored -> backend.shutDown());
    }
}
