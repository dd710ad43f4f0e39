package dev.callboard.documents.pdf;

/** What a font draws at one place: mostly one character. Lengths are in points, {@code y} is the base line, counted downwards. */
final class Glyph {
    /** What is put where a glyph stands that nobody can read. */
    static final String UNREADABLE = "\uFFFD";

    String text;
    float x;
    float y;
    float width;
    final float size;
    final Typeface face;

    Glyph(String text, float x, float y, float width, float size, Typeface face) {
        this.text = text;
        this.x = x;
        this.y = y;
        this.width = width;
        this.size = size;
        this.face = face;
    }

    float end() {
        return x + width;
    }

    boolean isSpace() {
        return text.isBlank();
    }
}
