package dev.callboard.documents.pdf;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;

/** What a file says about the glyphs that it draws: artifacts, layers, and the text that a drawing stands for. */
final class MarkedContent {
    private static final int DEEPEST = 1000;

    /** Longer replacements stand for whole lines, whose glyphs are better known by their places. */
    private static final int LONGEST_REPLACEMENT = 8;

    private static final COSName LAYER = COSName.getPDFName("OC");

    private record Mark(PageGlyphs.Aside aside, String text) {}

    private final Layers layers;
    private final Deque<Mark> open = new ArrayDeque<>();
    private String replacement;
    private boolean replacing;

    MarkedContent(Layers layers) {
        this.layers = layers;
    }

    void clear() {
        open.clear();
        replacing = false;
    }

    void begin(COSName tag, COSDictionary properties) {
        if (open.size() >= DEEPEST) {
            throw PdfRefused.unreadable("nests marked content more than " + DEEPEST + " levels deep");
        }
        PageGlyphs.Aside aside = open.isEmpty() ? null : open.peek().aside();
        if (COSName.ARTIFACT.equals(tag)) {
            aside = PageGlyphs.Aside.ARTIFACT;
        } else if (LAYER.equals(tag) && layers.isOff(properties)) {
            aside = PageGlyphs.Aside.HIDDEN;
        }
        String text = properties == null ? null : properties.getString(COSName.ACTUAL_TEXT);
        boolean isShort = text != null && text.length() <= LONGEST_REPLACEMENT;
        open.push(new Mark(aside, isShort ? text : null));
        if (isShort) {
            replacement = text;
            replacing = true;
        }
    }

    void end() {
        if (!open.isEmpty() && open.pop().text() != null) {
            replacing = false;
        }
    }

    /** Why glyphs that are drawn now are no part of the text, or null. */
    PageGlyphs.Aside aside() {
        return open.isEmpty() ? null : open.peek().aside();
    }

    /** The text of a glyph, or what the file gives in its place: all of it for the first one, nothing for the others. */
    String replaced(String text) {
        if (!replacing) {
            return text;
        }
        String given = replacement;
        replacement = "";
        return given;
    }
}
