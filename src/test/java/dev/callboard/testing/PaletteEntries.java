package dev.callboard.testing;

import dev.callboard.palette.EntryType;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.Origin;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.Ports;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageDefinition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries of a palette for tests, each named like its id. */
public final class PaletteEntries {
    private PaletteEntries() {}

    /** One that is Java code, without ports and settings. */
    public static PaletteEntry java(String id, EntryType type, Origin origin) {
        return of(id, type, Ports.NONE, ExecutorType.JAVA, List.of(), origin, null);
    }

    /** @param unavailable why it cannot run, null when it can */
    public static PaletteEntry of(
            String id,
            EntryType type,
            Ports ports,
            ExecutorType executor,
            List<Setting> settings,
            Origin origin,
            @Nullable String unavailable) {
        StageDefinition definition = new StageDefinition(
                id,
                id,
                id,
                type,
                "",
                executor.executionType(),
                ports,
                settings,
                executor,
                Map.of(),
                "1",
                List.of(),
                List.of(),
                Map.of());
        return new PaletteEntry(definition, origin, null, unavailable, 1);
    }
}
