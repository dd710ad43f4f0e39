package dev.callboard.documents.pdf;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts glyphs together that make a word: in the order in which they are drawn, as long as one stands close to the other. */
final class Words {
    /** A gap of this part of the size is a space, where letters are not spaced out. */
    private static final float SPACE = 0.16f;

    /** Where no space is drawn at all, gaps are all there is, and tight lines have small ones. */
    private static final float TIGHT_SPACE = 0.11f;

    private static final float BACK = 0.4f;
    private static final float SAME_LINE = 0.65f;
    private static final int FEWEST_SPACED = 5;

    /** Accents that are drawn on their own, and the marks that join the letter. */
    private static final String ACCENTS = "\u00B4\u0060\u00A8\u02C6\u02DC\u00B8\u02C7\u02DA\u02D8\u02D9\u00AF\u02DD";

    private static final String MARKS = "\u0301\u0300\u0308\u0302\u0303\u0327\u030C\u030A\u0306\u0307\u0304\u030B";

    private final List<Word> words = new ArrayList<>();
    private Word word = new Word();
    private float space = SPACE;

    private Words() {}

    static List<Word> of(List<Glyph> glyphs) {
        Words words = new Words();
        List<Glyph> drawn = withAccents(glyphs);
        for (int i = 0; i < drawn.size(); ) {
            int end = runEnd(drawn, i);
            words.space = spaceOf(drawn.subList(i, end));
            for (; i < end; i++) {
                words.take(drawn.get(i));
            }
        }
        words.close();
        return words.words;
    }

    private void take(Glyph glyph) {
        if (glyph.isSpace()) {
            word.spaceAfter = !word.glyphs.isEmpty();
            close();
            return;
        }
        if (!word.glyphs.isEmpty() && !follows(word.glyphs.get(word.glyphs.size() - 1), glyph)) {
            close();
        }
        word.add(glyph);
    }

    private boolean follows(Glyph before, Glyph glyph) {
        float size = Math.max(before.size, glyph.size);
        float gap = glyph.x - before.end();
        boolean digits = Character.isDigit(before.text.charAt(before.text.length() - 1))
                && Character.isDigit(glyph.text.charAt(0));
        boolean tight = digits && space <= TIGHT_SPACE;
        float allowed = Math.min(before.size, glyph.size) * (tight ? LineText.GAP_OF_DIGITS : space);
        return Math.abs(glyph.y - before.y) < size * SAME_LINE
                && (glyph.y == before.y || Math.abs(glyph.y - before.y) < size * 0.3f || before.size != glyph.size)
                && gap < allowed
                && gap > -size * BACK;
    }

    private void close() {
        if (!word.glyphs.isEmpty()) {
            words.add(word.settle());
            word = new Word();
        }
    }

    /** Where the line ends on which a glyph stands. */
    private static int runEnd(List<Glyph> glyphs, int start) {
        int end = start + 1;
        while (end < glyphs.size()
                && Math.abs(glyphs.get(end).y - glyphs.get(start).y) < 0.1f
                && glyphs.get(end).size == glyphs.get(start).size
                && glyphs.get(end).x > glyphs.get(end - 1).x
                && glyphs.get(end).x - glyphs.get(end - 1).end() < glyphs.get(end).size) {
            end++;
        }
        return end;
    }

    /** Headings may be s p a c e d  o u t: there a space is what is clearly wider than most gaps. */
    private static float spaceOf(List<Glyph> run) {
        float least = run.stream().anyMatch(Glyph::isSpace) ? SPACE : TIGHT_SPACE;
        float[] gaps = new float[Math.max(0, run.size() - 1)];
        int count = 0;
        for (int i = 1; i < run.size(); i++) {
            if (Character.isLetter(run.get(i).text.charAt(0))
                    && Character.isLetter(run.get(i - 1).text.charAt(0))) {
                gaps[count++] = (run.get(i).x - run.get(i - 1).end()) / Math.max(0.1f, run.get(i).size);
            }
        }
        if (count < FEWEST_SPACED) {
            return least;
        }
        Arrays.sort(gaps, 0, count);
        float usual = gaps[count / 2];
        return gaps[count / 4] > SPACE / 2 ? usual + Math.max(SPACE, usual / 2) : least;
    }

    /** An accent and the letter above or below which it stands become one character. */
    private static List<Glyph> withAccents(List<Glyph> glyphs) {
        List<Glyph> result = new ArrayList<>(glyphs.size());
        for (int i = 0; i < glyphs.size(); i++) {
            Glyph glyph = glyphs.get(i);
            int accent = glyph.text.length() == 1 ? ACCENTS.indexOf(glyph.text) : -1;
            if (accent >= 0) {
                Glyph before = result.isEmpty() ? null : result.get(result.size() - 1);
                Glyph after = i + 1 < glyphs.size() ? glyphs.get(i + 1) : null;
                if (joined(after, glyph, accent) || joined(before, glyph, accent)) {
                    continue;
                }
            }
            result.add(glyph);
        }
        return result;
    }

    private static boolean joined(Glyph letter, Glyph accent, int kind) {
        if (letter == null
                || letter.text.length() != 1
                || Math.abs(letter.y - accent.y) > letter.size
                || accent.x + accent.width / 2 < letter.x
                || accent.x + accent.width / 2 > letter.end()) {
            return false;
        }
        String base = letter.text.replace('\u0131', 'i').replace('\u0237', 'j');
        String together = Normalizer.normalize(base + MARKS.charAt(kind), Normalizer.Form.NFC);
        if (!Character.isLetter(base.charAt(0)) || together.length() != 1) {
            return false;
        }
        letter.text = together;
        return true;
    }
}
