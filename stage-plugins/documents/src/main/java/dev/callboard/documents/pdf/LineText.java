package dev.callboard.documents.pdf;

import dev.callboard.documents.ir.Superscript;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a line's words as text: spaces where there are gaps, raised and lowered text marked so that no number changes. */
final class LineText {
    private static final float GAP = 0.1f;

    static final float GAP_OF_DIGITS = 0.06f;

    /** A gap as wide as this divides the cells of a row. */
    static final float CELL = 1.6f;

    private static final float RAISED = 0.17f;
    private static final float LOWERED = 0.08f;
    private static final float SMALL = 0.88f;

    /** Numbers of notes with signs after them, such as {@code 1,2*}. */
    private static final Pattern NOTE_MARKS = Pattern.compile("([0-9][0-9,\\-–\\s]*)([*†‡§¶,#]+)");

    private enum Level {
        BASE,
        ABOVE,
        BELOW
    }

    private final float size;
    private final float y;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder shifted = new StringBuilder();
    private final List<String> cells = new ArrayList<>();
    private final List<Float> starts = new ArrayList<>();
    private Level level = Level.BASE;
    private int cell;

    private LineText(float size, float y) {
        this.size = size;
        this.y = y;
    }

    static Line of(List<Word> words, int page) {
        Word main = words.get(0);
        float most = 0;
        for (Word word : words) {
            // The size that most of the line has, the larger one when in doubt.
            float weight = 0;
            for (Word other : words) {
                weight += Math.abs(other.size - word.size) < 0.5f ? other.glyphs.size() * other.size : 0;
            }
            if (weight > most) {
                most = weight;
                main = word;
            }
        }
        LineText line = new LineText(main.size, main.y);
        Word before = null;
        for (Word word : words) {
            if (before != null) {
                line.between(before, word);
            } else {
                line.starts.add(word.start);
            }
            for (Glyph glyph : word.glyphs) {
                line.glyph(glyph);
            }
            before = word;
        }
        line.flush();
        line.cells.add(line.text.substring(line.cell).strip());
        float[] starts = new float[line.starts.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = line.starts.get(i);
        }
        float end = 0;
        for (Word word : words) {
            end = Math.max(end, word.end);
        }
        String font = main.glyphs.get(0).face.name();
        return new Line(
                page,
                RightToLeft.read(line.text.toString().strip()),
                List.copyOf(line.cells),
                starts,
                words.get(0).start,
                end,
                main.y,
                main.size,
                share(words, Typeface::bold),
                share(words, Typeface::italic),
                share(words, Typeface::fixed),
                share(words, face -> face.name().equals(font)) ? font : "");
    }

    private static boolean share(List<Word> words, Predicate<Typeface> wanted) {
        int all = 0;
        int such = 0;
        for (Word word : words) {
            for (Glyph glyph : word.glyphs) {
                all++;
                such += wanted.test(glyph.face) ? 1 : 0;
            }
        }
        return such * 10 >= all * 9;
    }

    private void between(Word before, Word word) {
        float gap = word.start - before.end;
        if (gap > CELL * size) {
            flush();
            cells.add(text.substring(cell).strip());
            text.append(' ');
            cell = text.length();
            starts.add(word.start);
        } else if (before.spaceAfter
                || gap > (areDigits(before, word) ? GAP_OF_DIGITS : GAP) * Math.min(before.size, word.size)) {
            flush();
            text.append(' ');
        }
    }

    /** Digits are never moved nearer or apart to look better. */
    static boolean areDigits(Word before, Word word) {
        String last = before.glyphs.get(before.glyphs.size() - 1).text;
        String first = word.glyphs.get(0).text;
        return Character.isDigit(last.charAt(last.length() - 1)) && Character.isDigit(first.charAt(0));
    }

    private void glyph(Glyph glyph) {
        Level now = levelOf(glyph);
        if (now != level) {
            flush();
            level = now;
        }
        (level == Level.BASE ? text : shifted).append(glyph.text);
    }

    private Level levelOf(Glyph glyph) {
        float rise = y - glyph.y;
        boolean small = glyph.size < size * SMALL;
        if (rise > size * RAISED && (small || rise > size * 0.28f)) {
            return Level.ABOVE;
        }
        return rise < -size * LOWERED && (small || rise < -size * 0.22f) ? Level.BELOW : Level.BASE;
    }

    private void flush() {
        if (!shifted.isEmpty()) {
            String part = shifted.toString();
            text.append(level == Level.ABOVE ? raised(part) : lowered(part));
            shifted.setLength(0);
        }
        level = Level.BASE;
    }

    private String raised(String part) {
        Matcher marks = NOTE_MARKS.matcher(part);
        if (marks.matches()) {
            return Superscript.of(marks.group(1)) + marks.group(2);
        }
        String after = Superscript.after(text, part);
        if (text.isEmpty() && after.equals(part) && Character.isLetterOrDigit(part.charAt(0))) {
            return "^" + Superscript.grouped(part) + " ";
        }
        boolean marked = !after.equals(part) || text.isEmpty() || !Character.isLetterOrDigit(part.charAt(0));
        return marked || Character.isWhitespace(text.charAt(text.length() - 1))
                ? after
                : "^" + Superscript.grouped(part);
    }

    private String lowered(String part) {
        String below = Superscript.below(text, part);
        boolean letters = !Character.isDigit(part.charAt(0));
        return below.equals(part) && letters && joins(part) ? "_" + Superscript.grouped(part) : below;
    }

    /** Whether shifted text would be read as a part of the word before it. */
    private boolean joins(String part) {
        return !text.isEmpty()
                && Character.isLetterOrDigit(text.charAt(text.length() - 1))
                && Character.isLetterOrDigit(part.charAt(0));
    }
}
