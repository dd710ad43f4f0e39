package dev.callboard.office;

import dev.callboard.documents.input.DocumentOutput;
import dev.callboard.documents.input.FailedInputs;
import dev.callboard.documents.input.Payload;
import dev.callboard.documents.input.Settings;
import dev.callboard.documents.input.StageInput;
import dev.callboard.documents.input.StoredDocument;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.documents.library.LibraryParts;
import dev.callboard.spi.Plural;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Input and output are those of the stage parse: payloads, and the document IR of one or a list of several, with
 * {@code {documents: […], failed: [{name, error}]}} when some could not be read. Reads docx, pptx, xlsx and odt. The stage ingest
 * before it needs {@code accept: any}.
 *
 * <p>Settings: {@code max_bytes} (default 50 MiB for each payload), {@code max_characters} (default 12,000,000),
 * {@code language} (where the document does not say it; default none).
 *
 * <p>Failures, all permanent: {@code no_input}, {@code missing_blob}, {@code input_too_large}, {@code unsupported_media_type},
 * {@code unreadable_document}, {@code encrypted_document}, {@code empty_document}, {@code invalid_settings}.
 */
final class OfficeStage implements Stage {
    private static final long MAX_BYTES = 50L * 1024 * 1024;
    private static final long MAX_BYTES_LIMIT = 1L << 30;
    private static final long MAX_CHARACTERS = 12_000_000;
    private static final long MAX_CHARACTERS_LIMIT = 28_000_000;

    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        Settings settings = new Settings(context.settings());
        long maxBytes = settings.integer("max_bytes", MAX_BYTES, 1, MAX_BYTES_LIMIT);
        long maxCharacters = settings.integer("max_characters", MAX_CHARACTERS, 1, MAX_CHARACTERS_LIMIT);
        String language = settings.string("language", "");
        List<Payload> payloads = StageInput.payloads(context, input);
        FailedInputs failed = FailedInputs.before(input);
        boolean alone = payloads.size() == 1 && failed.isEmpty();
        DocumentOutput output = new DocumentOutput();
        int done = 0;
        for (Payload payload : payloads) {
            if (context.cancelled()) {
                throw new InterruptedException("cancelled");
            }
            context.progress(done++, payloads.size(), payload.shownName());
            try {
                byte[] bytes = read(context, payload, maxBytes);
                Map<String, Object> document = OfficeFormat.read(
                        payload,
                        bytes,
                        source -> new Sink(
                                new DocumentBuilder(source).lang(language), maxCharacters, context::cancelled));
                StoredDocument stored = StoredDocument.of(context, document);
                LibraryParts.putDocument(context.library(), document, stored);
                output.add(document, stored);
                context.log(payload.shownName() + ": " + document.get("media_type") + ", "
                        + Plural.of(((List<?>) document.get("blocks")).size(), "block") + ".");
            } catch (StageFailure failure) {
                if (alone) {
                    throw failure;
                }
                failed.add(payload, failure);
                context.log(failure.getMessage());
            }
        }
        context.progress(payloads.size(), payloads.size(), null);
        return failed.beside("documents", output.documents(), "unreadable_document");
    }

    private static byte[] read(StageContext context, Payload payload, long maxBytes) throws IOException, StageFailure {
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
