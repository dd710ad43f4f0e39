package dev.callboard.registry;

import dev.callboard.audit.AuditEntry;
import dev.callboard.palette.Palette;
import dev.callboard.palette.PaletteChange;
import dev.callboard.problem.ProblemException;
import dev.callboard.registry.RegistryMessages.StageWritten;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Edits on their way together: applied to a copy of the palette and written to the stages file on a thread that may block, then
 * stored, shown and answered on the registry's event loop. One thread at a time uses it.
 */
final class EditRound {
    private final PublishedPalette.State before;
    private final List<WaitingEdits.Edit> edits;
    private final EditBatch batch;
    private final List<AuditEntry> audit = new ArrayList<>();
    private final List<Applied> applied = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private PaletteRepository.@Nullable Rows rows;
    private PaletteSources.@Nullable Found found;
    private @Nullable Exception failure;

    /** An edit that was applied to the copy, and the change it made there. */
    private record Applied(WaitingEdits.Edit edit, StageWritten written) {}

    private record Refused(WaitingEdits.Edit edit, ProblemException problem) {}

    /** Fails when nothing can be stored. Blocks. */
    @FunctionalInterface
    interface Storage {
        void require() throws Exception;
    }

    /** Of edits that are not applied yet, to what is shown. */
    EditRound(PublishedPalette.State before, List<WaitingEdits.Edit> edits) {
        this.before = before;
        this.edits = List.copyOf(edits);
        this.batch = new EditBatch(before.palette());
    }

    /**
     * Looks for changes from outside, and checks, applies and writes the edits when there are none. Blocks.
     *
     * @param look false when that was done just before
     * @param storage asked when the edits change something
     * @return what was found; the edits are as they were then, and are to be made to that. Null when there was nothing
     */
    PaletteSources.@Nullable Found begin(PaletteSources sources, boolean look, Storage storage, Instant now)
            throws IOException {
        PaletteSources.Found outside = look ? sources.look() : null;
        if (outside == null) {
            edits.forEach(edit -> apply(edit, now));
            if (changes()) {
                write(sources, storage, now);
            }
        }
        return outside;
    }

    private void apply(WaitingEdits.Edit one, Instant now) {
        try {
            int size = batch.changes().size();
            applied.add(new Applied(one, batch.apply(one.edit())));
            if (batch.changes().size() > size) {
                audit.add(RegistryAudit.edited(one.caller(), batch.changes().get(size), now));
            }
        } catch (ProblemException e) {
            refused.add(new Refused(one, e));
        }
    }

    private void write(PaletteSources sources, Storage storage, Instant now) {
        try {
            storage.require();
            rows = PaletteRepository.rows(batch.changes());
            PaletteSources.Found written = sources.write(batch.palette().entries());
            audit.addAll(RegistryAudit.plugins(before.plugins(), written.plugins(), now));
            found = written;
        } catch (Exception e) {
            failure = e;
        }
    }

    /** Whether the palette is another after them. */
    boolean changes() {
        return !batch.changes().isEmpty();
    }

    /** Why they were not written; null when they were, or when there was nothing to write. */
    @Nullable
    Exception failure() {
        return failure;
    }

    /** What is shown until they are stored. */
    Palette before() {
        return before.palette();
    }

    Palette palette() {
        return batch.palette();
    }

    List<PaletteChange> steps() {
        return batch.changes();
    }

    List<AuditEntry> audit() {
        return audit;
    }

    /** The changes as the database stores them; once they were written. */
    PaletteRepository.Rows rows() {
        return Objects.requireNonNull(rows, "nothing was written");
    }

    /** What the palette is made of after them; once they were written. */
    PaletteSources.Found found() {
        return Objects.requireNonNull(found, "nothing was written");
    }

    /** All edits, in order. */
    List<WaitingEdits.Edit> edits() {
        return edits;
    }

    /** Those that were applied. */
    List<WaitingEdits.Edit> applied() {
        return applied.stream().map(Applied::edit).toList();
    }

    /** Answers those that the rules refuse. */
    void refuse() {
        refused.forEach(one -> one.edit().done().fail(one.problem()));
    }

    /** Answers those that were applied. */
    void answer() {
        applied.forEach(one -> one.edit().done().complete(one.written()));
    }

    /** Answers those that were applied that nothing came of it. */
    void fail(ProblemException problem) {
        applied.forEach(one -> one.edit().done().fail(problem));
    }
}
