package dev.callboard.registry;

import dev.callboard.audit.AuditEntry;
import dev.callboard.bus.Caller;
import dev.callboard.palette.Palette;
import dev.callboard.palette.PaletteChange;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.problem.ProblemException;
import dev.callboard.registry.RegistryMessages.FileRestored;
import dev.callboard.registry.RegistryMessages.StageWritten;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
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

    /** An edit that was applied to the working copy, and the change it made there. */
    private record Applied(WaitingEdits.Edit waiting, StageWritten written) {}

    /** Reads everything and stores the revision that it starts with. */
    Future<Void> start() {
        return vertx.executeBlocking(sources::start)
                .compose(found -> repository.load().compose(stored -> {
                    Palette fresh = new Palette(
                            UUID.randomUUID().toString(), 0, found.build().entries());
                    Palette palette = PaletteRepository.resume(stored, fresh);
                    boolean same = stored.isPresent() && stored.get().revision() == palette.revision();
                    return vertx.executeBlocking(() -> RegistryAudit.atStart(stored, palette, found, clock.instant()))
                            .compose(entries -> same ? repository.audit(entries) : repository.saveAll(palette, entries))
                            .onSuccess(saved -> shown.show(palette, found, List.of()));
                }));
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
        Future<Void> round = vertx.<PaletteSources.@Nullable Found>executeBlocking(sources::look)
                .compose(found -> found == null ? Future.succeededFuture() : adopt(found, List.of()))
                .compose(looked -> restoreAsked ? restoreFile() : Future.succeededFuture())
                .compose(looked -> waiting.isEmpty() ? Future.succeededFuture() : applyWaiting());
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

    private Future<Void> applyWaiting() {
        if (!shown.state().file().readable()) {
            return Future.failedFuture(
                    StagesFileProblems.unreadable(shown.state().file()));
        }
        EditBatch batch = new EditBatch(shown.state().palette());
        List<Applied> applied = new ArrayList<>();
        List<AuditEntry> entries = new ArrayList<>();
        for (WaitingEdits.Edit one : waiting.next()) {
            try {
                int before = batch.changes().size();
                applied.add(new Applied(one, batch.apply(one.edit())));
                if (batch.changes().size() > before) {
                    entries.add(
                            RegistryAudit.edited(one.caller(), batch.changes().get(before), clock.instant()));
                }
            } catch (ProblemException e) {
                one.done().fail(e);
            }
        }
        List<PaletteChange> changes = batch.changes();
        if (changes.isEmpty()) {
            answer(applied);
            return Future.succeededFuture();
        }
        Palette palette = batch.palette();
        return persist(palette, changes, entries)
                .onSuccess(found -> {
                    shown.show(palette, found, changes);
                    answer(applied);
                })
                .recover(failure -> notStored(applied, failure))
                .mapEmpty();
    }

    private static void answer(List<Applied> applied) {
        applied.forEach(one -> one.waiting().done().complete(one.written()));
    }

    private Future<PaletteSources.Found> notStored(List<Applied> applied, Throwable failure) {
        if (failure instanceof StagesFile.OvertakenException) {
            // The file was edited by hand meanwhile: that edit comes first, these are tried again after it.
            waiting.putBack(applied.stream().map(Applied::waiting).toList());
        } else {
            if (!(failure instanceof ProblemException)) {
                // A disk that takes nothing is logged where it is noticed, once.
                LOG.error("the palette could not be stored", failure);
            }
            ProblemException problem = StorageProblems.of(failure);
            applied.forEach(one -> one.waiting().done().fail(problem));
        }
        return Future.succeededFuture();
    }

    /** The file first, then the database; when the database fails, the file is put back. */
    private Future<PaletteSources.Found> persist(
            Palette palette, List<PaletteChange> changes, List<AuditEntry> entries) {
        SortedMap<String, PaletteEntry> before = shown.state().palette().entries();
        Path file = Path.of(shown.state().file().path());
        return repository
                .requireWritable(file)
                .compose(writable -> vertx.executeBlocking(() -> sources.write(palette.entries())))
                .compose(found -> {
                    entries.addAll(RegistryAudit.plugins(shown.state().plugins(), found.plugins(), clock.instant()));
                    return repository
                            .save(palette, changes, entries)
                            .map(found)
                            .recover(failure -> vertx.executeBlocking(() -> {
                                        sources.putBack(before);
                                        return before;
                                    })
                                    .transform(putBack -> Future.failedFuture(failure)));
                });
    }
}
