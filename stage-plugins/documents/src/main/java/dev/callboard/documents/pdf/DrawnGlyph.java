package dev.callboard.documents.pdf;

import org.apache.pdfbox.util.Matrix;

/**
 * A glyph as it is drawn, in the page's own coordinates, which count upwards.
 *
 * @param dx,dy the direction of the line, of length 1
 * @param text {@link Glyph#UNREADABLE} when the font does not say what it means
 * @param aside why it is no part of the text, or null
 */
record DrawnGlyph(
        float x,
        float y,
        float dx,
        float dy,
        float width,
        float size,
        String text,
        Typeface face,
        PageGlyphs.Aside aside) {
    static DrawnGlyph of(
            Matrix place, float advance, float nominal, String text, Typeface face, PageGlyphs.Aside aside) {
        float along = (float) Math.hypot(place.getScaleX(), place.getShearY());
        float up = (float) Math.hypot(place.getShearX(), place.getScaleY());
        float dx = along == 0 ? 1 : place.getScaleX() / along;
        float dy = along == 0 ? 0 : place.getShearY() / along;
        return new DrawnGlyph(
                place.getTranslateX(),
                place.getTranslateY(),
                dx,
                dy,
                Math.abs(advance * along),
                up * nominal,
                text,
                face,
                aside);
    }

    /** Which way the line runs: 0 to the right, 1 up, 2 to the left, 3 down; -1 between them. */
    int quarter() {
        if (Math.abs(dx) > 0.99) {
            return dx > 0 ? 0 : 2;
        }
        return Math.abs(dy) <= 0.99 ? -1 : dy > 0 ? 1 : 3;
    }
}
