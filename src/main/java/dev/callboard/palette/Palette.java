package dev.callboard.palette;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All registered sources, stages and sinks at one revision.
 *
 * @param epoch revisions of different epochs can't be compared
 * @param revision grows by one with each change, never goes back
 * @param entries by id
 */
public record Palette(String epoch, long revision, SortedMap<String, PaletteEntry> entries) {
    /** Copies. */
    public Palette {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /** The entry of that id. */
    public Optional<PaletteEntry> entry(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** The entries of one group, sorted by id. */
    public List<PaletteEntry> ofType(EntryType type) {
        return entries.values().stream()
                .filter(entry -> entry.definition().type() == type)
                .toList();
    }
}
