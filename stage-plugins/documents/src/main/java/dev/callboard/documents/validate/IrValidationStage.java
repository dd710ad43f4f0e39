package dev.callboard.documents.validate;

import dev.callboard.documents.input.DocumentOutput;
import dev.callboard.documents.input.FailedInputs;
import dev.callboard.documents.input.GivenDocument;
import dev.callboard.documents.input.Settings;
import dev.callboard.documents.input.StageInput;
import dev.callboard.documents.input.StoredDocument;
import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.library.LibraryParts;
import dev.callboard.spi.Plural;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Input: a document IR or a list of them, also as references to where they are stored. Output: the same, unchanged; many as
 * references ({@link DocumentOutput}); when some of several are not valid, or could not be read before, {@code {documents: […],
 * failed: [{name, error}]}}.
 *
 * <p>Checks the JSON Schema first, then structure and quality of what fits it, and reports all violations in the log.
 * Writes the ledger entry {@code quality}: {@code {valid: true, documents, failed, blocks, characters, replacement_share,
 * tags_per_1000, control_characters, text_ratio}}, of several documents the sums and the worst shares; a gate can ask for them, as in
 * {@code field: quality.text_ratio}. Keeps the part {@code quality} of each document in the library ({@link QualityFigures}), and
 * the part {@code document} of one that did not come from the stage parse.
 *
 * <p>Settings: see {@link QualityLimits}. Failures, all permanent: {@code no_document}, {@code invalid_document},
 * {@code invalid_settings}.
 */
public final class IrValidationStage implements Stage {
    private static final int SHOWN = 3;
    private static final int LOGGED = 200;
    private static final int LONGEST = 300;
    private static final int LONGEST_ID = 200;

    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        QualityLimits limits = QualityLimits.from(new Settings(context.settings()));
        List<GivenDocument> documents = StageInput.documents(context, input);
        FailedInputs failed = FailedInputs.before(input);
        boolean alone = documents.size() == 1 && failed.isEmpty();
        DocumentOutput output = new DocumentOutput();
        QualityFigures all = new QualityFigures();
        int done = 0;
        for (GivenDocument given : documents) {
            if (context.cancelled()) {
                throw new InterruptedException("cancelled");
            }
            String name = given.shownName();
            context.progress(done++, documents.size(), name);
            try {
                Map<?, ?> document = given.read();
                name = source(document);
                TextQuality quality = check(context, limits, document, alone);
                StoredDocument stored = given.store(document);
                LibraryParts.putDocumentIfOther(context.library(), document, stored);
                LibraryParts.putQuality(context.library(), stored.docId(), QualityFigures.of(document, quality));
                all.add(document, quality);
                output.add(document, stored);
            } catch (StageFailure failure) {
                if (alone || failure.retryable()) {
                    throw failure;
                }
                failed.put(name, failure.getMessage());
            }
        }
        context.progress(documents.size(), documents.size(), null);
        if (all.documents() == 0) {
            throw failed.all("invalid_document");
        }
        context.writeLedger("quality", all.ledger(failed.size()));
        context.log("Valid: " + Plural.of(all.documents(), "document") + ", " + Plural.of(all.blocks(), "block") + ".");
        return failed.beside("documents", output.documents(), "invalid_document");
    }

    /** Measures a valid document; fails with the first violations of one that is not. */
    private static TextQuality check(StageContext context, QualityLimits limits, Map<?, ?> document, boolean alone)
            throws StageFailure, IOException {
        List<Violation> violations = new ArrayList<>(IrSchema.check(document));
        if (violations.isEmpty()) {
            TextQuality quality = TextQuality.of(document);
            violations.addAll(IrStructure.check(document));
            violations.addAll(limits.check(document, quality));
            if (violations.isEmpty()) {
                limits.warnings(document, quality)
                        .forEach(warning -> context.log("Warning: " + name(document) + " " + warning + "."));
                return quality;
            }
        }
        List<String> shown = violations.stream()
                .limit(SHOWN)
                .map(violation -> shorten(violation.toString()))
                .toList();
        if (document.get("doc_id") instanceof String docId && !docId.isBlank() && docId.length() <= LONGEST_ID) {
            LibraryParts.putQuality(context.library(), docId, QualityFigures.ofInvalid(shown));
        }
        log(context, alone ? "" : name(document) + ": ", violations);
        throw StageFailure.permanent(
                "invalid_document",
                name(document) + " is not valid, with " + Plural.of(violations.size(), "violation") + ": "
                        + String.join("; ", shown)
                        + (violations.size() > SHOWN ? "; … (all are in the log)." : "."));
    }

    private static void log(StageContext context, String prefix, List<Violation> violations) {
        violations.stream().limit(LOGGED).forEach(violation -> context.log(shorten(prefix + violation)));
        if (violations.size() > LOGGED) {
            context.log("… and " + (violations.size() - LOGGED) + " more.");
        }
    }

    private static String source(Map<?, ?> document) {
        return document.get("meta") instanceof Map<?, ?> meta && meta.get("name") instanceof String name
                ? name
                : String.valueOf(document.get("doc_id"));
    }

    private static String name(Map<?, ?> document) {
        Object name = document.get("meta") instanceof Map<?, ?> meta ? meta.get("name") : null;
        Object shown = name instanceof String string && !string.isBlank() && !string.equals("-")
                ? name
                : document.get("doc_id");
        return shown == null ? "The document" : shorten("The document " + shown);
    }

    private static String shorten(String text) {
        return CleanText.atMost(text.replaceAll("\\p{Cntrl}", " "), LONGEST);
    }
}
