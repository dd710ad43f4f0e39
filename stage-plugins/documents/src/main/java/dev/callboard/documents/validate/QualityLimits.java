package dev.callboard.documents.validate;

import dev.callboard.documents.ingest.MediaTypes;
import dev.callboard.documents.input.Settings;
import dev.callboard.documents.ir.MarkupTags;
import dev.callboard.spi.Plural;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a document's text must keep to.
 *
 * @param maxTagsPer1000 tags left for each 1,000 characters, those that the source quotes not counted; default 0
 * @param maxReplacementShare U+FFFD as a share of the text, 0 to 1; default 0.001, and of a PDF never below 0.02
 * @param minTextRatio text to the text that the source holds; default 0.005
 * @param language the primary language that is expected, such as {@code en}; empty: any
 */
record QualityLimits(double maxTagsPer1000, double maxReplacementShare, double minTextRatio, String language) {
    /** Text with more tags than this was never parsed, whatever its type says. */
    private static final double UNPARSED_TAGS_PER_1000 = 5;

    private static final double UNREADABLE_GLYPHS = 0.02;

    static QualityLimits from(Settings settings) throws StageFailure {
        return new QualityLimits(
                settings.number("max_tags_per_1000", 0, 0, 1000),
                settings.number("max_replacement_share", 0.001, 0, 1),
                settings.number("min_text_ratio", 0.005, 0, 1),
                settings.string("language", ""));
    }

    /** All violations of these limits. */
    List<Violation> check(Map<?, ?> document, TextQuality quality) {
        List<Violation> violations = new ArrayList<>();
        String type = (String) document.get("media_type");
        if (isMarkupLeft(document, quality)) {
            violations.add(new Violation(
                    "/text",
                    "has " + Plural.of(quality.tags(), "markup tag") + " left, " + figure(quality.tagsPer1000())
                            + " for each 1,000 characters, of at most " + figure(tagLimit(type))
                            + " (setting max_tags_per_1000)"));
        }
        if (quality.controls() > 0) {
            violations.add(new Violation("/text", "has " + Plural.of(quality.controls(), "control character")));
        }
        double mostReplaced = replacementLimit(type);
        if (quality.replacementShare() > mostReplaced) {
            violations.add(new Violation(
                    "/text",
                    "has " + Plural.of(quality.replacements(), "character") + " U+FFFD, a share of "
                            + figure(quality.replacementShare()) + " of at most " + figure(mostReplaced) + ": "
                            + (type.equals(MediaTypes.PDF)
                                    ? "its fonts do not say which characters these glyphs are"
                                    : "the source was read in the wrong charset, or names characters that do not exist,"
                                            + " such as &#x110000;")
                            + " (setting max_replacement_share)"));
        }
        if (quality.textRatio() < minTextRatio) {
            violations.add(new Violation(
                    "/text",
                    "is " + figure(quality.textRatio()) + " of the source's text, of at least " + figure(minTextRatio)
                            + " (setting min_text_ratio)"));
        }
        String lang = (String) document.get("lang");
        if (!language.isEmpty() && !primary(lang).equals(primary(language))) {
            violations.add(new Violation("/lang", "is " + lang + ", not " + language + " as expected"));
        }
        return violations;
    }

    /** Tags that nobody has parsed; in plain text, where nothing can be quoted, only when they are a good part of it. */
    private boolean isMarkupLeft(Map<?, ?> document, TextQuality quality) {
        String type = (String) document.get("media_type");
        return quality.tagsPer1000() > tagLimit(type)
                && (!type.equals("text/plain") || MarkupTags.isUnparsed((String) document.get("text")));
    }

    /** In a PDF they stand for signs of a font that nobody can read, and say so; a text of formulas has some. */
    private double replacementLimit(String type) {
        return type.equals(MediaTypes.PDF) ? Math.max(maxReplacementShare, UNREADABLE_GLYPHS) : maxReplacementShare;
    }

    private double tagLimit(String type) {
        boolean markup = type.endsWith("xml") || type.equals("text/html");
        return markup ? maxTagsPer1000 : Math.max(maxTagsPer1000, UNPARSED_TAGS_PER_1000);
    }

    /** What a reader may want to know, and what is no fault: sentences to follow the document's name. */
    List<String> warnings(Map<?, ?> document, TextQuality quality) {
        List<String> warnings = new ArrayList<>();
        long tags = quality.quotedTags() + (isMarkupLeft(document, quality) ? 0 : quality.tags());
        if (tags > 0) {
            warnings.add("quotes " + tags + " tags of markup");
        }
        return warnings;
    }

    private static String primary(String tag) {
        return tag.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    }

    private static String figure(double number) {
        return String.format(Locale.ROOT, "%.4f", number).replaceAll("\\.?0+$", "");
    }
}
