package dev.callboard.feed;

import dev.callboard.palette.Palette;
import dev.callboard.palette.PaletteWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The palette as the feed sends it. */
final class PaletteBody {
    private PaletteBody() {}

    /** As the feed's snapshot. */
    static Map<String, Object> snapshotFrame(Palette palette) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("topic", PaletteTopic.NAME);
        frame.put("kind", "snapshot");
        frame.put("epoch", palette.epoch());
        frame.put("revision", palette.revision());
        frame.put("data", PaletteWriter.groups(palette));
        return frame;
    }
}
