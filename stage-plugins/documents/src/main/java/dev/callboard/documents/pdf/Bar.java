package dev.callboard.documents.pdf;

/** A level line of a page that is turned as it is read, such as the bar of a fraction. {@code y} counts downwards, in points. */
record Bar(float start, float end, float y) {
    float length() {
        return end - start;
    }

    /** Whether the middle of a glyph is above, on or below it. */
    boolean spans(Glyph glyph) {
        float middle = glyph.x + glyph.width / 2;
        return middle > start && middle < end;
    }
}
