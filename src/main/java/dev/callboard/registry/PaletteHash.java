package dev.callboard.registry;

import dev.callboard.hash.Sha256;
import dev.callboard.json.Json;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.StageDefinitionWriter;

/** Says whether an entry of the palette is the same as before a restart. */
final class PaletteHash {
    private PaletteHash() {}

    /** The SHA-256 of an entry without its revision, in hexadecimal digits. */
    static String of(PaletteEntry entry) {
        return Sha256.hex(Json.write(StageDefinitionWriter.entry(entry.at(0))));
    }
}
