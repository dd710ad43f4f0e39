package dev.callboard.documents.validate;

import dev.callboard.documents.input.FailedInputs;
import dev.callboard.documents.input.Settings;
import dev.callboard.documents.input.StageInput;
import dev.callboard.documents.ir.CleanText;
import dev.callboard.spi.Plural;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Input: a document IR or a list of them. Output: the same, unchanged; when some of several are not valid, or could not be
 * read before, {@code {documents: […], failed: [{name, error}]}}.
 *
 * <p>Checks the JSON Schema first, then structure and quality of what fits it, and reports all violations in the log.
 * Writes the ledger entry {@code quality}: {@code {valid: true, documents, blocks, characters, replacement_share,
 * tags_per_1000, control_characters, text_ratio}}, of several documents the sums and the worst shares; a gate can ask
 * for them.
 *
 * <p>Settings: see {@link QualityLimits}. Failures, all permanent: {@code no_document}, {@code invalid_document},
 * {@code invalid_settings}.
 */
public final class IrValidationStage implements Stage {
    private static final int SHOWN = 3;
    private static final int LOGGED = 200;
    private static final int LONGEST = 300;

    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        QualityLimits limits = QualityLimits.from(new Settings(context.settings()));
        List<Map<?, ?>> documents = StageInput.documents(context, input);
        FailedInputs failed = FailedInputs.before(input);
        boolean alone = documents.size() == 1 && failed.isEmpty();
        List<Map<?, ?>> valid = new ArrayList<>();
        List<TextQuality> measured = new ArrayList<>();
        int done = 0;
        for (Map<?, ?> document : documents) {
            if (context.cancelled()) {
                throw new InterruptedException("cancelled");
            }
            context.progress(done++, documents.size(), null);
            List<Violation> violations = new ArrayList<>(IrSchema.check(document));
            if (violations.isEmpty()) {
                TextQuality quality = TextQuality.of(document);
                violations.addAll(IrStructure.check(document));
                violations.addAll(limits.check(document, quality));
                if (violations.isEmpty()) {
                    valid.add(document);
                    measured.add(quality);
                    limits.warnings(document, quality)
                            .forEach(warning -> context.log("Warning: " + name(document) + " " + warning + "."));
                }
            }
            if (!violations.isEmpty()) {
                StageFailure failure = failure(context, document, alone, violations);
                if (alone) {
                    throw failure;
                }
                failed.put(source(document), failure.getMessage());
            }
        }
        context.progress(documents.size(), documents.size(), null);
        if (valid.isEmpty()) {
            throw failed.all("invalid_document");
        }
        context.writeLedger("quality", ledger(measured, blocks(valid)));
        context.log("Valid: " + Plural.of(valid.size(), "document") + ", " + Plural.of(blocks(valid), "block") + ".");
        return failed.isEmpty() && documents.size() == 1
                ? documents.get(0)
                : failed.beside("documents", valid, "invalid_document");
    }

    private static int blocks(List<Map<?, ?>> documents) {
        return documents.stream()
                .mapToInt(document -> ((List<?>) document.get("blocks")).size())
                .sum();
    }

    /** All violations go to the log, the first into the sentence. */
    private static StageFailure failure(
            StageContext context, Map<?, ?> document, boolean alone, List<Violation> violations) {
        String prefix = alone ? "" : name(document) + ": ";
        List<String> problems = violations.stream()
                .map(violation -> shorten(prefix + violation))
                .toList();
        problems.stream().limit(LOGGED).forEach(context::log);
        if (problems.size() > LOGGED) {
            context.log("… and " + (problems.size() - LOGGED) + " more.");
        }
        String shown = violations.stream()
                .limit(SHOWN)
                .map(violation -> shorten(violation.toString()))
                .collect(Collectors.joining("; "));
        return StageFailure.permanent(
                "invalid_document",
                name(document) + " is not valid, with " + Plural.of(problems.size(), "violation") + ": " + shown
                        + (problems.size() > SHOWN ? "; … (all are in the log)." : "."));
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

    private static Map<String, Object> ledger(List<TextQuality> measured, int blocks) {
        Map<String, Object> ledger = new LinkedHashMap<>();
        ledger.put("valid", true);
        ledger.put("documents", measured.size());
        ledger.put("blocks", blocks);
        ledger.put(
                "characters",
                measured.stream().mapToLong(TextQuality::characters).sum());
        ledger.put(
                "replacement_share",
                rounded(measured.stream()
                        .mapToDouble(TextQuality::replacementShare)
                        .max()
                        .orElse(0)));
        ledger.put(
                "tags_per_1000",
                rounded(measured.stream()
                        .mapToDouble(TextQuality::tagsPer1000)
                        .max()
                        .orElse(0)));
        ledger.put(
                "control_characters",
                measured.stream().mapToLong(TextQuality::controls).sum());
        ledger.put(
                "text_ratio",
                rounded(measured.stream()
                        .mapToDouble(TextQuality::textRatio)
                        .min()
                        .orElse(0)));
        return ledger;
    }

    /** Rounded to four places: a figure to read and compare. */
    private static double rounded(double figure) {
        return Math.round(figure * 10_000) / 10_000.0;
    }
}
