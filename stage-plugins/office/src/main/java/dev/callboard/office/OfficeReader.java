package dev.callboard.office;

import dev.callboard.documents.input.Payload;
import dev.callboard.documents.input.Settings;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Reads Office files out of the content store.
 *
 * <p>Settings: {@code max_bytes} (default 50 MiB for each file), {@code max_characters} (of text in one document, default 12,000,000),
 * {@code language} (where the document does not say it; default none).
 */
final class OfficeReader {
    private static final long MAX_BYTES = 50L * 1024 * 1024;
    private static final long MAX_BYTES_LIMIT = 1L << 30;
    private static final long MAX_CHARACTERS = 12_000_000;
    private static final long MAX_CHARACTERS_LIMIT = 28_000_000;

    private final StageContext context;
    private final long maxBytes;
    private final long maxCharacters;
    private final String language;

    OfficeReader(StageContext context, Map<String, Object> values) throws StageFailure {
        Settings settings = new Settings(values);
        this.context = context;
        this.maxBytes = settings.integer("max_bytes", MAX_BYTES, 1, MAX_BYTES_LIMIT);
        this.maxCharacters = settings.integer("max_characters", MAX_CHARACTERS, 1, MAX_CHARACTERS_LIMIT);
        this.language = settings.string("language", "");
    }

    /** The document IR of a file. */
    Map<String, Object> read(Payload payload) throws IOException, StageFailure, InterruptedException {
        return OfficeFormat.read(
                payload,
                bytes(payload),
                source -> new Sink(new DocumentBuilder(source).lang(language), maxCharacters, context::cancelled));
    }

    private byte[] bytes(Payload payload) throws IOException, StageFailure {
        try (InputStream in = context.blobs().open(payload.sha256())) {
            byte[] bytes = in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
            if (bytes.length > maxBytes) {
                throw OfficeFile.failure(
                        payload, "input_too_large", "has more than " + maxBytes + " bytes (setting max_bytes)");
            }
            return bytes;
        } catch (FileNotFoundException e) {
            throw OfficeFile.failure(payload, "missing_blob", "is not in the content store: upload it again");
        }
    }
}
