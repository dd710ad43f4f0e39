package dev.callboard.documents.pdf;

import dev.callboard.documents.ir.Superscript;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Writes stacked fractions in one line, as the formulas of other formats are: {@code (a + b)/2}. A fraction is a bar with glyphs
 * right above and right below it, none of which goes on beyond its ends, beside the middle of a line of text. Without the last
 * of these an underlined word above the next line, or the rule of a table, would be one.
 *
 * <p>Distances are in parts of the size of letters. They leave room around those of TeX (The TeXbook, appendix G: the axis is 0.25
 * above the base line, a numerator's base line 0.14 to 0.43 above the bar, a denominator's 0.6 to 0.94 below it) and Word.
 */
final class Fractions {
    /** In points: no longer line is looked at, so that a page of rules costs nothing. */
    private static final float LONGEST_POINTS = 320;

    private static final float SHORTEST_POINTS = 2;
    private static final float LONGEST = 25;
    private static final float ABOVE = 0.95f;
    private static final float BELOW_FROM = 0.4f;
    private static final float BELOW = 1.4f;
    private static final float ROW_UP = 0.6f;
    private static final float ROW_DOWN = 0.35f;
    private static final float OVERHANG = 0.2f;
    private static final float SAME_LINE = 0.1f;
    private static final float GOES_ON = 0.6f;
    private static final float NEIGHBOUR = 1.2f;
    private static final float AXIS_FROM = 0.05f;
    private static final float AXIS = 0.5f;
    private static final float MAIN = 0.8f;

    private final List<Glyph> glyphs;
    private final List<Bar> bars;
    private final int page;

    private Fractions(List<Glyph> glyphs, List<Bar> bars, int page) {
        this.glyphs = glyphs;
        this.bars = bars;
        this.page = page;
    }

    /**
     * Replaces the glyphs of each fraction by one, the inner ones of nested fractions first.
     *
     * @param glyphs of a page, in the order in which they are drawn; changed
     */
    static void write(List<Glyph> glyphs, List<Bar> bars, int page) {
        Fractions fractions = new Fractions(glyphs, bars, page);
        bars.stream()
                .filter(bar -> bar.length() > SHORTEST_POINTS && bar.length() < LONGEST_POINTS)
                .sorted(Comparator.comparingDouble(Bar::length))
                .forEach(fractions::at);
    }

    private void at(Bar bar) {
        List<Glyph> over = row(bar, glyph -> isOver(bar, glyph, glyph.size), false);
        List<Glyph> under = row(bar, glyph -> isUnder(bar, glyph, glyph.size), true);
        if (over.isEmpty() || under.isEmpty() || goesOn(bar, over) || goesOn(bar, under)) {
            return;
        }
        Glyph left = neighbour(bar, over, under, true);
        Glyph right = neighbour(bar, over, under, false);
        Glyph beside = left == null ? right : left;
        float size = main(over).size;
        if (beside == null || bar.length() > LONGEST * size) {
            return;
        }
        String text = Superscript.grouped(text(over)) + "/" + Superscript.grouped(text(under));
        String before = left != null && endsInWord(left) ? " " : "";
        String after = right != null && Character.isLetterOrDigit(right.text.codePointAt(0)) ? " " : "";
        Glyph fraction =
                new Glyph(before + text + after, bar.start(), beside.y, bar.length(), beside.size, beside.face);
        glyphs.set(Math.min(glyphs.indexOf(over.get(0)), glyphs.indexOf(under.get(0))), fraction);
        glyphs.removeIf(glyph -> over.contains(glyph) || under.contains(glyph));
    }

    private static boolean isOver(Bar bar, Glyph glyph, float size) {
        float distance = bar.y() - glyph.y;
        return distance > -size * SAME_LINE && distance < size * ABOVE;
    }

    private static boolean isUnder(Bar bar, Glyph glyph, float size) {
        float distance = glyph.y - bar.y();
        return distance > size * BELOW_FROM && distance < size * BELOW;
    }

    /** The glyphs on one side of a bar that stand in its nearest row, raised and lowered ones and spaces among them. */
    private List<Glyph> row(Bar bar, Predicate<Glyph> near, boolean below) {
        float size = 0;
        for (Glyph glyph : glyphs) {
            size = !glyph.isSpace() && bar.spans(glyph) && near.test(glyph) ? Math.max(size, glyph.size) : size;
        }
        float base = Float.NaN;
        for (Glyph glyph : glyphs) {
            if (!glyph.isSpace() && glyph.size >= size * MAIN && bar.spans(glyph) && near.test(glyph)) {
                boolean nearer = below ? glyph.y < base : glyph.y > base;
                base = Float.isNaN(base) || nearer ? glyph.y : base;
            }
        }
        List<Glyph> row = new ArrayList<>();
        for (Glyph glyph : glyphs) {
            if (bar.spans(glyph) && glyph.y > base - size * ROW_UP && glyph.y < base + size * ROW_DOWN) {
                row.add(glyph);
            }
        }
        return row;
    }

    private static Glyph main(List<Glyph> row) {
        Glyph main = row.get(0);
        for (Glyph glyph : row) {
            main = !glyph.isSpace() && glyph.size > main.size ? glyph : main;
        }
        return main;
    }

    /** Whether a row reaches over the ends of the bar, or a line of text goes on there. */
    private boolean goesOn(Bar bar, List<Glyph> row) {
        Glyph main = main(row);
        for (Glyph glyph : row) {
            if (glyph.x < bar.start() - main.size * OVERHANG || glyph.end() > bar.end() + main.size * OVERHANG) {
                return true;
            }
        }
        for (Glyph glyph : glyphs) {
            boolean sameLine = Math.abs(glyph.y - main.y) < main.size * SAME_LINE;
            if (sameLine && !glyph.isSpace() && !row.contains(glyph) && distance(bar, glyph) < main.size * GOES_ON) {
                boolean ofAnother = bars.stream()
                        .anyMatch(other -> other.spans(glyph) && Math.abs(other.y() - bar.y()) < main.size * SAME_LINE);
                if (!ofAnother) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The nearest glyph of the line in whose middle the bar stands, on one side of it; null: there is none. */
    private Glyph neighbour(Bar bar, List<Glyph> over, List<Glyph> under, boolean left) {
        Glyph nearest = null;
        for (Glyph glyph : glyphs) {
            float down = glyph.y - bar.y();
            boolean onAxis = down > glyph.size * AXIS_FROM && down < glyph.size * AXIS;
            boolean side = left ? glyph.end() < bar.end() : glyph.x > bar.start();
            if (onAxis
                    && side
                    && !glyph.isSpace()
                    && distance(bar, glyph) < glyph.size * NEIGHBOUR
                    && !over.contains(glyph)
                    && !under.contains(glyph)
                    && (nearest == null || distance(bar, glyph) < distance(bar, nearest))) {
                nearest = glyph;
            }
        }
        return nearest;
    }

    private static float distance(Bar bar, Glyph glyph) {
        return Math.max(bar.start() - glyph.end(), glyph.x - bar.end());
    }

    private static boolean endsInWord(Glyph glyph) {
        return Character.isLetterOrDigit(glyph.text.codePointBefore(glyph.text.length()));
    }

    private String text(List<Glyph> row) {
        return String.join(
                " ", Lines.of(Words.of(row), page).stream().map(Line::text).toList());
    }
}
