package dev.callboard.documents.validate;

import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.MarkupTags;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Figures about a document's text.
 *
 * @param characters its length in code points
 * @param replacements how many of them are U+FFFD
 * @param controls how many are control characters other than newline and tab
 * @param tags how many markup tags are left outside code blocks, those that the source quotes not counted
 * @param quotedTags how many the source quotes, as the parser knows
 * @param textRatio characters of text to those of text that the source holds; where nobody has counted them, bytes of text
 *     (UTF-8) to bytes of the source; 1 when neither is known
 */
record TextQuality(long characters, long replacements, long controls, long tags, long quotedTags, double textRatio) {
    /** Measures a document that fits the schema. */
    static TextQuality of(Map<?, ?> document) {
        String text = (String) document.get("text");
        long replacements = text.chars().filter(c -> c == '\uFFFD').count();
        long controls = text.chars()
                .filter(c -> Character.getType(c) == Character.CONTROL && c != '\n' && c != '\t')
                .count();
        long tags = tags(document);
        long quoted =
                ((Map<?, ?>) document.get("meta")).get("quoted_tags") instanceof Number number ? number.longValue() : 0;
        return new TextQuality(
                text.codePointCount(0, text.length()),
                replacements,
                controls,
                Math.max(0, tags - quoted),
                Math.min(tags, quoted),
                ratio(document, text));
    }

    /** To the text that the source holds, where the parser has counted it: pictures and programs in a page are none. */
    private static double ratio(Map<?, ?> document, String text) {
        if (document.get("source") instanceof Map<?, ?> source && source.get("characters") instanceof Number held) {
            return held.longValue() <= 0 ? 1 : (double) CleanText.length(text) / held.longValue();
        }
        long size = ((Map<?, ?>) document.get("meta")).get("size") instanceof Number number ? number.longValue() : 0;
        return size <= 0 ? 1 : (double) text.getBytes(StandardCharsets.UTF_8).length / size;
    }

    private static long tags(Map<?, ?> document) {
        long tags = 0;
        for (Object element : (List<?>) document.get("blocks")) {
            Map<?, ?> block = (Map<?, ?>) element;
            if (!"code".equals(block.get("kind"))) {
                tags += MarkupTags.count((String) block.get("text"));
            }
        }
        return tags;
    }

    /** U+FFFD as a share of all characters, 0 to 1. */
    double replacementShare() {
        return characters == 0 ? 0 : (double) replacements / characters;
    }

    /** Tags for each 1,000 characters. */
    double tagsPer1000() {
        return characters == 0 ? 0 : tags * 1000.0 / characters;
    }
}
