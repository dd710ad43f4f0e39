package dev.callboard.documents.pdf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found on a page: glyphs in the order in which they are drawn, and what was not taken. */
final class PageGlyphs {
    /** Why glyphs are not taken. */
    enum Aside {
        ARTIFACT("what the file itself marks as a header, footer or watermark"),
        ROTATED("rotated text, such as a watermark or a note in the margin"),
        HIDDEN("a layer that is switched off"),
        OUTSIDE("text outside the visible page");

        private final String reason;

        Aside(String reason) {
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    final int number;
    final float width;
    final float height;
    final List<Glyph> glyphs = new ArrayList<>();
    final List<Bar> bars = new ArrayList<>();
    private final Map<Aside, StringBuilder> aside = new LinkedHashMap<>();
    /** Why the page could not be read to its end, or null. */
    String broken;

    PageGlyphs(int number, float width, float height) {
        this.number = number;
        this.width = width;
        this.height = height;
    }

    void aside(Aside why, String text) {
        aside.computeIfAbsent(why, key -> new StringBuilder()).append(text);
    }

    Map<Aside, StringBuilder> aside() {
        return aside;
    }

    long visible() {
        return glyphs.stream().filter(glyph -> !glyph.isSpace()).count();
    }

    long unreadable() {
        return glyphs.stream()
                .filter(glyph -> glyph.text.equals(Glyph.UNREADABLE))
                .count();
    }
}
