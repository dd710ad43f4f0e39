package dev.callboard.documents.pdf;

import java.util.ArrayList;
import java.util.List;

/** Glyphs that stand close together, raised and lowered ones among them. */
final class Word {
    /** How far a letter reaches above its base line, and below it, in parts of its size. */
    static final float ASCENT = 0.75f;

    static final float DESCENT = 0.22f;

    final List<Glyph> glyphs = new ArrayList<>();
    /** Whether the source has a space after it, which counts more than the distance. */
    boolean spaceAfter;

    float start = Float.MAX_VALUE;
    float end = -Float.MAX_VALUE;
    /** Of most of its glyphs: the base line and the size. */
    float y;

    float size;

    void add(Glyph glyph) {
        glyphs.add(glyph);
        start = Math.min(start, glyph.x);
        end = Math.max(end, glyph.end());
    }

    /** To be called when all glyphs are there: takes base line and size from the largest glyphs. */
    Word settle() {
        size = 0;
        for (Glyph glyph : glyphs) {
            size = Math.max(size, glyph.size);
        }
        float weight = 0;
        float sum = 0;
        for (Glyph glyph : glyphs) {
            if (glyph.size >= size * 0.9f) {
                weight += glyph.text.length();
                sum += glyph.y * glyph.text.length();
            }
        }
        y = weight == 0 ? glyphs.get(0).y : sum / weight;
        return this;
    }

    float top() {
        return y - size * ASCENT;
    }

    float bottom() {
        return y + size * DESCENT;
    }

    float middle() {
        return y - size * 0.25f;
    }
}
