package dev.callboard.registry;

import dev.callboard.audit.AuditEntry;
import dev.callboard.bus.Caller;
import dev.callboard.palette.Palette;
import dev.callboard.problem.ProblemException;
import dev.callboard.registry.RegistryMessages.FileRestored;
import dev.callboard.registry.RegistryMessages.StageWritten;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one thing at a time: looks for changes from outside, then applies all edits that wait, in one write of the stages
 * file and one transaction; then shows the new state and publishes it. Lives on the registry's event loop.
 */
final class RegistryWork {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryWork.class);

    private final Vertx vertx;
    private final PaletteSources sources;
    private final PaletteRepository repository;
    private final PublishedPalette shown;
    private final Clock clock;

    private final WaitingEdits waiting = new WaitingEdits();
    private boolean restoreAsked;
    private Caller restorer = Caller.ENGINE;
    private Promise<FileRestored> restored = Promise.promise();
    private boolean busy;
    private String lastFailure = "";

    RegistryWork(
            Vertx vertx, PaletteSources sources, PaletteRepository repository, PublishedPalette shown, Clock clock) {
        this.vertx = vertx;
        this.sources = sources;
        this.repository = repository;
        this.shown = shown;
        this.clock = clock;
    }

    /** Stores the revision that it starts with. */
    Future<Void> start(PaletteSources.Found found) {
        return repository.load().compose(stored -> {
            Palette fresh =
                    new Palette(UUID.randomUUID().toString(), 0, found.build().entries());
            Palette palette = PaletteRepository.resume(stored, fresh);
            boolean same = stored.isPresent() && stored.get().revision() == palette.revision();
            return vertx.executeBlocking(() -> RegistryAudit.atStart(stored, palette, found, clock.instant()))
                    .compose(entries -> same ? repository.audit(entries) : repository.saveAll(palette, entries))
                    .onSuccess(saved -> shown.show(palette, found, List.of()));
        });
    }

    /** Applies an edit with the next batch. */
    Future<StageWritten> edit(CustomStages.Edit edit) {
        Future<StageWritten> written = waiting.add(edit, Caller.current());
        work();
        return written;
    }

    /** Restores the stages file. */
    Future<FileRestored> restore() {
        if (!shown.state().file().restorable()) {
            return Future.failedFuture(StagesFileProblems.nothingToRestore());
        }
        if (!shown.state().file().backup()) {
            return Future.failedFuture(StagesFileProblems.nothingGood());
        }
        restoreAsked = true;
        restorer = Caller.current();
        work();
        return restored.future();
    }

    /** Looks for changes from outside, unless something is being done anyway. */
    void look() {
        work();
    }

    private void work() {
        if (busy) {
            return;
        }
        busy = true;
        boolean edits =
                !waiting.isEmpty() && !restoreAsked && shown.state().file().readable();
        Future<Void> round = edits ? applyWaiting(true) : lookAround();
        round.onComplete(result -> {
            busy = false;
            if (result.failed()) {
                failed(result.cause());
            } else {
                lastFailure = "";
            }
            if (!waiting.isEmpty() || restoreAsked) {
                work();
            }
        });
    }

    private Future<Void> lookAround() {
        return vertx.<PaletteSources.@Nullable Found>executeBlocking(sources::look)
                .compose(found -> found == null ? Future.succeededFuture() : adopt(found, List.of()))
                .compose(looked -> restoreAsked ? restoreFile() : Future.succeededFuture())
                .compose(looked -> waiting.isEmpty() ? Future.succeededFuture() : requireReadable());
    }

    private Future<Void> requireReadable() {
        StagesFileStatus file = shown.state().file();
        return file.readable() ? Future.succeededFuture() : Future.failedFuture(StagesFileProblems.unreadable(file));
    }

    /** Says a failure once, not with every look, and answers everybody who waits. */
    private void failed(Throwable failure) {
        boolean expected = failure instanceof ProblemException;
        if (!expected && !lastFailure.equals(failure.toString())) {
            LOG.error("the palette could not be brought up to date", failure);
            lastFailure = failure.toString();
        }
        ProblemException problem = StorageProblems.of(failure);
        waiting.fail(problem);
        if (restoreAsked) {
            restoreAsked = false;
            restored.tryFail(problem);
            restored = Promise.promise();
        }
    }

    private Future<Void> adopt(PaletteSources.Found found, List<AuditEntry> reasons) {
        PaletteDiff diff =
                PaletteDiff.between(shown.state().palette(), found.build().entries());
        List<AuditEntry> entries = new ArrayList<>(reasons);
        entries.addAll(RegistryAudit.found(shown.state(), found, diff.changes(), clock.instant()));
        return store(diff, entries).onSuccess(stored -> {
            shown.show(diff.palette(), found, diff.changes());
            sources.adopted();
        });
    }

    private Future<Void> store(PaletteDiff diff, List<AuditEntry> entries) {
        return diff.changes().isEmpty()
                ? repository.audit(entries)
                : repository.save(diff.palette(), diff.changes(), entries);
    }

    private Future<Void> restoreFile() {
        if (!shown.state().file().restorable()) {
            // It was fixed by hand meanwhile.
            return Future.failedFuture(StagesFileProblems.nothingToRestore());
        }
        return vertx.executeBlocking(sources::restore)
                .compose(found -> adopt(
                        found,
                        List.of(RegistryAudit.restored(restorer, found.file().path(), clock.instant()))))
                .onSuccess(done -> {
                    restoreAsked = false;
                    restored.tryComplete(
                            new FileRestored(shown.state().palette().revision()));
                    restored = Promise.promise();
                });
    }

    /**
     * What may block is one piece of work: each change of threads costs as much as a small edit.
     *
     * @param look for changes from outside first; they go before the edits
     */
    private Future<Void> applyWaiting(boolean look) {
        EditRound round = new EditRound(shown.state(), waiting.next());
        Path file = Path.of(shown.state().file().path());
        return repository
                .requireWritable()
                .transform(writable -> vertx.<PaletteSources.@Nullable Found>executeBlocking(
                        () -> round.begin(sources, look, () -> require(writable, file), clock.instant())))
                .onFailure(failure -> waiting.putBack(round.edits()))
                .compose(found -> {
                    if (found != null) {
                        waiting.putBack(round.edits());
                        return adopt(found, List.of())
                                .compose(adopted -> requireReadable())
                                .compose(readable -> applyWaiting(false));
                    }
                    round.refuse();
                    return round.changes() ? store(round) : answer(round);
                });
    }

    private void require(AsyncResult<Void> writable, Path file) throws Exception {
        if (writable.failed()) {
            throw writable.cause() instanceof Exception e ? e : new IOException(writable.cause());
        }
        repository.requireRoom(file);
    }

    private static Future<Void> answer(EditRound round) {
        round.answer();
        return Future.succeededFuture();
    }

    /**
     * The file has been written; now the database, and when that fails the file is put back. Once both have the change it is
     * shown. Only then the backup of the file is written, and after that the edits are answered: what was acknowledged is there
     * three times, and nobody who follows the palette waits for the third.
     */
    private Future<Void> store(EditRound round) {
        Exception unwritten = round.failure();
        if (unwritten != null) {
            notStored(round, unwritten);
            return Future.succeededFuture();
        }
        return repository.save(round.palette(), round.rows(), round.audit()).transform(stored -> {
            if (stored.failed()) {
                return putBack(round, stored.cause());
            }
            shown.show(round.palette(), round.found(), round.steps());
            return backUp().transform(done -> answer(round));
        });
    }

    private Future<Void> backUp() {
        return vertx.<Void>executeBlocking(() -> {
                    sources.backUp();
                    return null;
                })
                .onFailure(failure -> LOG.error("the stages file has no backup", failure));
    }

    private Future<Void> putBack(EditRound round, Throwable failure) {
        return vertx.<Void>executeBlocking(() -> {
                    sources.putBack(round.before().entries());
                    return null;
                })
                .transform(putBack -> {
                    notStored(round, failure);
                    return Future.succeededFuture();
                });
    }

    private void notStored(EditRound round, Throwable failure) {
        if (failure instanceof StagesFile.OvertakenException) {
            // The file was edited by hand meanwhile: that edit comes first, these are tried again after it.
            waiting.putBack(round.applied());
            return;
        }
        if (!(failure instanceof ProblemException)) {
            // A disk that takes nothing is logged where it is noticed, once.
            LOG.error("the palette could not be stored", failure);
        }
        round.fail(StorageProblems.of(failure));
    }
}
