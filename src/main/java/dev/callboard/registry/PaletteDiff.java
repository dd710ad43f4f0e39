package dev.callboard.registry;

import dev.callboard.palette.Palette;
import dev.callboard.palette.PaletteChange;
import dev.callboard.palette.PaletteEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The steps from one palette to another: removals, then updates and additions by id, each one revision further.
 *
 * @param palette the palette after them
 * @param changes the steps, none when nothing changed
 */
record PaletteDiff(Palette palette, List<PaletteChange> changes) {

    static PaletteDiff between(Palette before, SortedMap<String, PaletteEntry> after) {
        List<PaletteChange> changes = new ArrayList<>();
        SortedMap<String, PaletteEntry> entries = new TreeMap<>();
        long revision = before.revision();
        for (PaletteEntry old : before.entries().values()) {
            if (!after.containsKey(old.id())) {
                changes.add(new PaletteChange(PaletteChange.Kind.REMOVED, ++revision, old));
            }
        }
        for (PaletteEntry entry : after.values()) {
            PaletteEntry old = before.entries().get(entry.id());
            if (old != null && old.equals(entry.at(old.revision()))) {
                entries.put(entry.id(), old);
                continue;
            }
            PaletteEntry changed = entry.at(++revision);
            entries.put(entry.id(), changed);
            changes.add(new PaletteChange(
                    old == null ? PaletteChange.Kind.ADDED : PaletteChange.Kind.UPDATED, revision, changed));
        }
        return new PaletteDiff(new Palette(before.epoch(), revision, entries), List.copyOf(changes));
    }
}
