package dev.callboard.registry;

import dev.callboard.palette.Origin;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.StageDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the stages file says.
 *
 * @param stages by id
 * @param members all members of its object in the order in which they were written; what stands under {@code stages} does not
 *     count. Those that are not known here are a person's, and are written again as they were
 */
record StagesDocument(SortedMap<String, StageDefinition> stages, Map<String, @Nullable Object> members) {
    static final String STAGES = "stages";

    static final StagesDocument EMPTY = new StagesDocument(new TreeMap<>(), Map.of());

    StagesDocument {
        stages = Collections.unmodifiableSortedMap(new TreeMap<>(stages));
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** The same with the custom stages of a palette. */
    StagesDocument with(SortedMap<String, PaletteEntry> entries) {
        SortedMap<String, StageDefinition> custom = new TreeMap<>();
        entries.forEach((id, entry) -> {
            if (entry.origin() == Origin.CUSTOM) {
                custom.put(id, entry.definition());
            }
        });
        return new StagesDocument(custom, members);
    }
}
