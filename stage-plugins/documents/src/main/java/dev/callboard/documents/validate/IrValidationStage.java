package dev.callboard.documents.validate;

import dev.callboard.documents.input.Settings;
import dev.callboard.documents.input.StageInput;
import dev.callboard.documents.ir.CleanText;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Input: a document IR or a list of them. Output: the same, unchanged.
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
        List<TextQuality> measured = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        int blocks = 0;
        for (Map<?, ?> document : documents) {
            if (context.cancelled()) {
                throw new InterruptedException("cancelled");
            }
            context.progress(measured.size(), documents.size(), null);
            List<Violation> violations = new ArrayList<>(IrSchema.check(document));
            if (violations.isEmpty()) {
                TextQuality quality = TextQuality.of(document);
                measured.add(quality);
                blocks += ((List<?>) document.get("blocks")).size();
                violations.addAll(IrStructure.check(document));
                violations.addAll(limits.check(document, quality));
            }
            String prefix = documents.size() == 1 ? "" : name(document) + ": ";
            violations.forEach(violation -> problems.add(shorten(prefix + violation)));
        }
        if (!problems.isEmpty()) {
            throw failure(context, documents, problems);
        }
        context.progress(documents.size(), documents.size(), null);
        context.writeLedger("quality", ledger(measured, blocks));
        context.log("Valid: " + documents.size() + (documents.size() == 1 ? " document, " : " documents, ") + blocks
                + " blocks.");
        return documents.size() == 1 ? documents.get(0) : documents;
    }

    private static StageFailure failure(StageContext context, List<Map<?, ?>> documents, List<String> problems) {
        problems.stream().limit(LOGGED).forEach(context::log);
        if (problems.size() > LOGGED) {
            context.log("… and " + (problems.size() - LOGGED) + " more.");
        }
        String subject = documents.size() == 1 ? name(documents.get(0)) + " is" : documents.size() + " documents are";
        String shown = problems.stream().limit(SHOWN).collect(Collectors.joining("; "));
        return StageFailure.permanent(
                "invalid_document",
                subject + " not valid, with " + problems.size()
                        + (problems.size() == 1 ? " violation: " : " violations: ") + shown
                        + (problems.size() > SHOWN ? "; … (all are in the log)." : "."));
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
