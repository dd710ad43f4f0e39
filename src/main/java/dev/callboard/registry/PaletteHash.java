package dev.callboard.registry;

import dev.callboard.json.Json;
import dev.callboard.model.Palette;
import dev.callboard.model.PaletteEntry;
import dev.callboard.model.StageDefinitionWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether a palette or an entry is the same as before a restart. */
final class PaletteHash {
    private PaletteHash() {}

    /** The SHA-256 of an entry without its revision, in hexadecimal digits. */
    static String of(PaletteEntry entry) {
        return sha256(Json.write(StageDefinitionWriter.entry(entry.at(0))));
    }

    /** The SHA-256 over the hashes of all entries by id, in hexadecimal digits. */
    static String of(Palette palette) {
        StringBuilder hashes = new StringBuilder(palette.entries().size() * 80);
        palette.entries().values().forEach(entry -> hashes.append(of(entry)).append('\n'));
        return sha256(hashes.toString());
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
