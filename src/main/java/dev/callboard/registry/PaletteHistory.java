package dev.callboard.registry;

import dev.callboard.palette.PaletteChange;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** The latest changes, so that a client that was away for a while need not read everything again. */
final class PaletteHistory {
    /** How many changes are kept. */
    static final int SIZE = 5_000;

    private final ArrayDeque<PaletteChange> changes = new ArrayDeque<>();

    void add(List<PaletteChange> more) {
        changes.addAll(more);
        while (changes.size() > SIZE) {
            changes.removeFirst();
        }
    }

    /**
     * What came after a revision.
     *
     * @param revision the last one that the asker has
     * @param now the present one
     * @return nothing when the history does not reach back that far or the revision is not one of ours
     */
    Optional<List<PaletteChange>> since(long revision, long now) {
        if (revision == now) {
            return Optional.of(List.of());
        }
        PaletteChange first = changes.peekFirst();
        if (revision > now || first == null || revision < first.revision() - 1) {
            return Optional.empty();
        }
        return Optional.of(
                changes.stream().filter(change -> change.revision() > revision).toList());
    }
}
