package dev.callboard.palette;

import java.util.LinkedHashMap;
import java.util.Map;

/** Writes palettes as JSON-shaped values. */
public final class PaletteWriter {
    private PaletteWriter() {}

    /** As {@code GET /api/vp/stages} answers: {@code {epoch, revision, stages, sources, sinks}}. */
    public static Map<String, Object> whole(Palette palette) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("epoch", palette.epoch());
        whole.put("revision", palette.revision());
        whole.putAll(groups(palette));
        return whole;
    }

    /** Its entries: {@code {stages, sources, sinks}}. */
    public static Map<String, Object> groups(Palette palette) {
        Map<String, Object> groups = new LinkedHashMap<>();
        for (EntryType type : new EntryType[] {EntryType.STAGE, EntryType.SOURCE, EntryType.SINK}) {
            groups.put(
                    type.word() + "s",
                    palette.ofType(type).stream()
                            .map(StageDefinitionWriter::entry)
                            .toList());
        }
        return groups;
    }
}
