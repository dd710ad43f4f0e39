package dev.callboard.documents.validate;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Figures about a document's text.
 *
 * @param characters its length in code points
 * @param replacements how many of them are U+FFFD
 * @param controls how many are control characters other than newline and tab
 * @param tags how many markup tags are left outside code blocks
 * @param textRatio bytes of text (UTF-8) to bytes of the source, or 1 when the source's size is not known
 */
record TextQuality(long characters, long replacements, long controls, long tags, double textRatio) {
    /**
     * A whole tag: {@code <italic>}, {@code </p>}, {@code <sec id="s1">}, {@code <br/>}. Lower case, and any attribute
     * has a value, so that prose such as "if x <y and z> 3" or a variant called {@code <DEL>} is none.
     */
    private static final Pattern TAG = Pattern.compile(
            "</?[a-z][a-z0-9]*(?:[:-][a-z0-9]+)*+(?:\\s+[A-Za-z:_-]+\\s*=\\s*(?:\"[^\"<]*\"|'[^'<]*'|[^\\s\"'<>]+))*+\\s*/?>");

    /** Measures a document that fits the schema. */
    static TextQuality of(Map<?, ?> document) {
        String text = (String) document.get("text");
        long replacements = text.chars().filter(c -> c == '\uFFFD').count();
        long controls = text.chars()
                .filter(c -> Character.getType(c) == Character.CONTROL && c != '\n' && c != '\t')
                .count();
        long size = ((Map<?, ?>) document.get("meta")).get("size") instanceof Number number ? number.longValue() : 0;
        double ratio = size <= 0 ? 1 : (double) text.getBytes(StandardCharsets.UTF_8).length / size;
        return new TextQuality(text.codePointCount(0, text.length()), replacements, controls, tags(document), ratio);
    }

    private static long tags(Map<?, ?> document) {
        long tags = 0;
        for (Object element : (List<?>) document.get("blocks")) {
            Map<?, ?> block = (Map<?, ?>) element;
            if (!"code".equals(block.get("kind"))) {
                Matcher matcher = TAG.matcher((String) block.get("text"));
                while (matcher.find()) {
                    tags++;
                }
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
