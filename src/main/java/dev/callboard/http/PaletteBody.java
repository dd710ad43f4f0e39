package dev.callboard.http;

import dev.callboard.model.EntryType;
import dev.callboard.model.Palette;
import dev.callboard.model.StageDefinitionWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The palette as JSON-shaped values. */
final class PaletteBody {
    private PaletteBody() {}

    /** As {@code GET /api/vp/stages} answers. */
    static Map<String, Object> answer(Palette palette) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("epoch", palette.epoch());
        body.put("revision", palette.revision());
        body.putAll(groups(palette));
        return body;
    }

    /** As the feed's snapshot. */
    static Map<String, Object> snapshotFrame(Palette palette) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("topic", PaletteTopic.NAME);
        frame.put("kind", "snapshot");
        frame.put("epoch", palette.epoch());
        frame.put("revision", palette.revision());
        frame.put("data", groups(palette));
        return frame;
    }

    private static Map<String, Object> groups(Palette palette) {
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
