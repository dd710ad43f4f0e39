package dev.callboard.office;

import dev.callboard.documents.input.DocumentOutput;
import dev.callboard.documents.input.FailedInputs;
import dev.callboard.documents.input.Payload;
import dev.callboard.documents.input.StageInput;
import dev.callboard.documents.input.StoredDocument;
import dev.callboard.documents.library.LibraryParts;
import dev.callboard.spi.Plural;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.util.List;
import java.util.Map;

/**
 * Input and output are those of the stage parse: payloads, and the document IR of one or a list of several, with
 * {@code {documents: […], failed: [{name, error}]}} when some could not be read. Reads docx, pptx, xlsx and odt. The stage ingest
 * before it needs {@code accept: any}.
 *
 * <p>Where parse is, this stage is not needed: parse has the plugin read such files ({@link ReadOfficeQuestion}). It is for
 * pipelines that read nothing else. Its settings are those of {@link OfficeReader}.
 *
 * <p>Failures, all permanent: {@code no_input}, {@code missing_blob}, {@code input_too_large}, {@code unsupported_media_type},
 * {@code unreadable_document}, {@code encrypted_document}, {@code empty_document}, {@code invalid_settings}.
 */
final class OfficeStage implements Stage {
    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        OfficeReader reader = new OfficeReader(context, context.settings());
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
                Map<String, Object> document = reader.read(payload);
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
}
