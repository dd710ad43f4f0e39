package dev.callboard.documents.parse;

import dev.callboard.documents.input.DocumentOutput;
import dev.callboard.documents.input.FailedInputs;
import dev.callboard.documents.input.GivenDocument;
import dev.callboard.documents.input.Payload;
import dev.callboard.documents.input.StageInput;
import dev.callboard.documents.input.StoredDocument;
import dev.callboard.documents.library.LibraryParts;
import dev.callboard.documents.pdf.PdfSource.PageProgress;
import dev.callboard.spi.Plural;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Input: payloads, {@code [{sha256, size, media_type, name}]}. Output: the document IR of the one payload, or a list for
 * several documents; when some of several could not be read, {@code {documents: […], failed: [{name, error}]}}. Many documents are
 * put out as references to where they are stored ({@link DocumentOutput}).
 *
 * <p>Each document says in {@code left_out} what of its source's text is not in it, and why; all other text is. Each is kept as the
 * part {@code document} in the library. Of several payloads, those that an earlier attempt has read are not read again
 * ({@link ReadBefore}).
 *
 * <p>Settings: {@code max_bytes} (default 50 MiB for each payload), {@code max_characters} (of text in one document, default
 * 12,000,000; a document is written out with its text twice), {@code max_depth} (nesting of elements, default 256),
 * {@code language} (where the document does not say it; default none), {@code charset} (of plain text without a byte order mark
 * that is not UTF-8; default UTF-8: guessed where the text leaves no doubt), {@code max_pages} (of a PDF, default 5,000).
 *
 * <p>Failures, all permanent, of one payload or, where none could be read, of the stage: {@code no_input},
 * {@code missing_blob}, {@code input_too_large}, {@code unsupported_media_type}, {@code unreadable_document} (broken or
 * hostile), {@code encrypted_document} and {@code no_text_layer} (PDF), {@code empty_document}, {@code invalid_settings}.
 */
public final class ParseStage implements Stage {
    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        PayloadReader reader = new PayloadReader(context);
        List<Payload> payloads = StageInput.payloads(context, input);
        FailedInputs failed = FailedInputs.before(input);
        boolean alone = payloads.size() == 1 && failed.isEmpty();
        ReadBefore before = new ReadBefore(context);
        if (before.size() > 0) {
            context.log("Goes on where the last attempt ended: " + Plural.of(before.size(), "file is", "files are")
                    + " read already.");
        }
        DocumentOutput output = new DocumentOutput();
        int done = 0;
        for (Payload payload : payloads) {
            if (context.cancelled()) {
                throw new InterruptedException("cancelled");
            }
            context.progress(done, payloads.size(), payload.shownName());
            List<String> blobs = before.documents(payload);
            for (String blob : blobs) {
                GivenDocument given = GivenDocument.ofBlob(context, blob);
                Map<?, ?> document = given.read();
                output.add(document, given.store(document));
            }
            if (blobs.isEmpty()) {
                try {
                    PageProgress pages = pages(context, payload, alone, done, payloads.size());
                    List<String> read = store(context, payload, reader.read(payload, pages), output);
                    if (payloads.size() > 1) {
                        before.add(payload, read);
                    }
                } catch (StageFailure failure) {
                    if (alone || failure.code().equals("invalid_settings")) {
                        throw failure;
                    }
                    failed.add(payload, failure);
                    context.log(failure.getMessage());
                }
            }
            done++;
        }
        context.progress(payloads.size(), payloads.size(), null);
        return failed.beside("documents", output.documents(), "unreadable_document");
    }

    /** In pages of a file alone, else in files. */
    private static PageProgress pages(StageContext context, Payload payload, boolean alone, int done, int payloads) {
        return (page, all) -> {
            String message = payload.shownName() + ", page " + page + " of " + all;
            context.progress(alone ? page : done, alone ? all : payloads, message);
        };
    }

    /** Stores the documents of a payload; the library has them when it returns. */
    private static List<String> store(
            StageContext context, Payload payload, List<Map<String, Object>> documents, DocumentOutput output)
            throws IOException {
        List<String> blobs = new ArrayList<>();
        for (Map<String, Object> document : documents) {
            StoredDocument stored = StoredDocument.of(context, document);
            LibraryParts.putDocument(context.library(), document, stored);
            output.add(document, stored);
            blobs.add(stored.blob());
            context.log(ParseSummary.of(payload, document));
        }
        return blobs;
    }
}
