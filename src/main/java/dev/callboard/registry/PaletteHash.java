package dev.callboard.registry;

import dev.callboard.json.Json;
import dev.callboard.model.PaletteEntry;
import dev.callboard.model.StageDefinitionWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether an entry of the palette is the same as before a restart. */
final class PaletteHash {
    private PaletteHash() {}

    /** The SHA-256 of an entry without its revision, in hexadecimal digits. */
    static String of(PaletteEntry entry) {
        return sha256(Json.write(StageDefinitionWriter.entry(entry.at(0))));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
