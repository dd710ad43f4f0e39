package dev.callboard.documents.validate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The quality figures of documents as the library and gates have them: of one document, and of all together the sums and the worst
 * shares. Shares are rounded to four places: figures to read and compare.
 */
final class QualityFigures {
    private int documents;
    private long blocks;
    private long characters;
    private long controls;
    private double replacementShare;
    private double tagsPer1000;
    private double textRatio = Double.POSITIVE_INFINITY;

    /**
     * Of a valid document: {@code {valid: true, characters, blocks, sections, references, tags_per_1000, quoted_tags,
     * replacement_share, control_characters, text_ratio}}.
     */
    static Map<String, Object> of(Map<?, ?> document, TextQuality quality) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("valid", true);
        figures.put("characters", quality.characters());
        figures.put("blocks", size(document, "blocks"));
        figures.put("sections", size(document, "sections"));
        figures.put("references", size(document, "refs"));
        figures.put("tags_per_1000", rounded(quality.tagsPer1000()));
        figures.put("quoted_tags", quality.quotedTags());
        figures.put("replacement_share", rounded(quality.replacementShare()));
        figures.put("control_characters", quality.controls());
        figures.put("text_ratio", rounded(quality.textRatio()));
        return figures;
    }

    /** Of a document that is not valid: {@code {valid: false, violations: […]}}. */
    static Map<String, Object> ofInvalid(List<String> violations) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("valid", false);
        figures.put("violations", violations);
        return figures;
    }

    private static int size(Map<?, ?> document, String list) {
        return ((List<?>) document.get(list)).size();
    }

    /** Adds a valid document. */
    void add(Map<?, ?> document, TextQuality quality) {
        documents++;
        blocks += size(document, "blocks");
        characters += quality.characters();
        controls += quality.controls();
        replacementShare = Math.max(replacementShare, quality.replacementShare());
        tagsPer1000 = Math.max(tagsPer1000, quality.tagsPer1000());
        textRatio = Math.min(textRatio, quality.textRatio());
    }

    /** How many valid documents there are. */
    int documents() {
        return documents;
    }

    /** Blocks of all valid documents. */
    long blocks() {
        return blocks;
    }

    /**
     * The ledger's entry {@code quality}; at least one document is valid.
     *
     * @param failed how many inputs could not be used, by this stage and those before it
     */
    Map<String, Object> ledger(int failed) {
        Map<String, Object> ledger = new LinkedHashMap<>();
        ledger.put("valid", true);
        ledger.put("documents", documents);
        ledger.put("failed", failed);
        ledger.put("blocks", blocks);
        ledger.put("characters", characters);
        ledger.put("replacement_share", rounded(replacementShare));
        ledger.put("tags_per_1000", rounded(tagsPer1000));
        ledger.put("control_characters", controls);
        ledger.put("text_ratio", rounded(textRatio));
        return ledger;
    }

    private static double rounded(double figure) {
        return Math.round(figure * 10_000) / 10_000.0;
    }
}
