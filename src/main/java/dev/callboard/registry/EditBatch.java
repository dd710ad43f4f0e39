package dev.callboard.registry;

import dev.callboard.palette.Palette;
import dev.callboard.palette.PaletteChange;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.registry.RegistryMessages.StageWritten;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Edits applied one after the other to a working copy of the palette. */
final class EditBatch {
    private final String epoch;
    private final SortedMap<String, PaletteEntry> entries;
    private final List<PaletteChange> changes = new ArrayList<>();
    private long revision;

    EditBatch(Palette palette) {
        epoch = palette.epoch();
        entries = new TreeMap<>(palette.entries());
        revision = palette.revision();
    }

    /**
     * Applies one edit; one that changes nothing keeps the revision.
     *
     * @throws dev.callboard.problem.ProblemException when the rules refuse it; the copy is as it was
     */
    StageWritten apply(CustomStages.Edit edit) {
        CustomStages.Change change = edit.apply(entries);
        PaletteEntry old = change.before();
        PaletteEntry now = change.after();
        if (now == null) {
            entries.remove(change.id());
            step(PaletteChange.Kind.REMOVED, Objects.requireNonNull(old));
        } else if (old == null || !old.equals(now.at(old.revision()))) {
            PaletteEntry changed = now.at(revision + 1);
            entries.put(change.id(), changed);
            step(old == null ? PaletteChange.Kind.ADDED : PaletteChange.Kind.UPDATED, changed);
        }
        return new StageWritten(change.id(), revision, now == null ? List.of() : DefinitionLimits.warnings(now));
    }

    private void step(PaletteChange.Kind kind, PaletteEntry entry) {
        revision++;
        changes.add(new PaletteChange(kind, revision, entry));
    }

    /** What the edits changed, in order. */
    List<PaletteChange> changes() {
        return changes;
    }

    /** The palette after them. */
    Palette palette() {
        return new Palette(epoch, revision, entries);
    }
}
