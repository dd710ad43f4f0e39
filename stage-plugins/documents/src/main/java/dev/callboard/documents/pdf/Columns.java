package dev.callboard.documents.pdf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides a page into the columns that are read one after the other. Looks for the strip of white that has the most text on both
 * sides; what crosses it bounds it above and below: first is read what is above, then the left side, then the right one,
 * then what is below, and each of them in the same way.
 */
final class Columns {
    /** How wide the strip must be, in parts of the usual size of letters. */
    private static final float GUTTER = 0.72f;

    private static final float WIDE_GUTTER = 1.8f;
    private static final float ABOUT = 1.04f;
    private static final float MUCH_WIDER = 1.5f;
    private static final int FEWEST_LINES = 4;
    private static final int FEWEST_LINES_BESIDE_WIDE = 3;

    /** With fewer words in a line, or less of the lines filled with them, text beside text is a table. */
    private static final float WORDS_OF_PROSE = 2.6f;

    private static final float FILLED = 0.45f;

    private static final float NARROWEST = 7;
    private static final int DEEPEST = 12;
    private static final int MOST_WORDS = 20_000;
    private static final int MOST_CANDIDATES = 96;
    private static final int FEWEST_OF = 40;
    private static final float SAME_PLACE = 0.05f;

    /** White from one height to another, between so many words. */
    private record Strip(float x, float top, float bottom, int words, float width) {
        /** More words count first; of about as many the width: between the numbers of a list and its text it is narrow. */
        private boolean isBetterThan(Strip other) {
            boolean alike = words * ABOUT >= other.words && other.words * ABOUT >= words;
            if (alike && Math.max(width, other.width) >= MUCH_WIDER * Math.min(width, other.width)) {
                return width > other.width;
            }
            return words == other.words ? width > other.width : words > other.words;
        }
    }

    private final float size;
    private final List<List<Word>> regions = new ArrayList<>();

    private Columns(float size) {
        this.size = size;
    }

    /** The columns in reading order. */
    static List<List<Word>> of(List<Word> words) {
        Columns columns = new Columns(usualSize(words));
        if (words.size() > MOST_WORDS) {
            return List.of(words);
        }
        columns.divide(words, 0);
        return columns.regions;
    }

    static float usualSize(List<Word> words) {
        float[] sizes = new float[words.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = words.get(i).size;
        }
        Arrays.sort(sizes);
        return sizes.length == 0 ? 1 : sizes[sizes.length / 2];
    }

    private void divide(List<Word> words, int depth) {
        if (words.isEmpty()) {
            return;
        }
        Strip strip = depth > DEEPEST ? null : strip(words);
        if (strip == null) {
            regions.add(words);
            return;
        }
        List<Word> above = new ArrayList<>();
        List<Word> left = new ArrayList<>();
        List<Word> right = new ArrayList<>();
        List<Word> below = new ArrayList<>();
        for (Word word : words) {
            if (word.middle() < strip.top()) {
                above.add(word);
            } else if (word.middle() > strip.bottom()) {
                below.add(word);
            } else {
                ((word.start + word.end) / 2 < strip.x() ? left : right).add(word);
            }
        }
        LastLines.giveBack(above, left, right);
        if (TableColumns.areUnderCaption(above, left, right, size)) {
            regions.add(words);
            return;
        }
        divide(above, depth + 1);
        divide(left, depth + 1);
        divide(right, depth + 1);
        divide(below, depth + 1);
    }

    private Strip strip(List<Word> words) {
        List<Word> byTop = new ArrayList<>(words);
        byTop.sort(Comparator.comparingDouble(Word::top));
        Strip best = null;
        for (float x : candidates(words)) {
            best = better(best, tallest(byTop, x, half() * 0.98f));
        }
        return best;
    }

    private float half() {
        return size * GUTTER / 2;
    }

    /** Places right behind words that few other words cross, with some words on either side. */
    private List<Float> candidates(List<Word> words) {
        float[] starts = new float[words.size()];
        float[] ends = new float[words.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = words.get(i).start;
            ends[i] = words.get(i).end;
        }
        Arrays.sort(starts);
        Arrays.sort(ends);
        Map<Float, Integer> crossed = new LinkedHashMap<>();
        float last = -Float.MAX_VALUE;
        for (int i = 0; i < ends.length; i++) {
            boolean isLast = i + 1 == ends.length || ends[i + 1] - ends[i] > SAME_PLACE;
            if (isLast && ends[i] > last) {
                int right = starts.length - below(starts, ends[i] + 2 * half());
                if (right * FEWEST_OF >= starts.length && (i + 1) * FEWEST_OF >= starts.length) {
                    crossed.put(ends[i] + half(), starts.length - right - i - 1);
                }
                last = ends[i];
            }
        }
        return crossed.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(MOST_CANDIDATES)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static int below(float[] sorted, float value) {
        int at = Arrays.binarySearch(sorted, value);
        return at < 0 ? -at - 1 : at;
    }

    private static Strip better(Strip one, Strip other) {
        return one == null || (other != null && other.isBetterThan(one)) ? other : one;
    }

    /** The best stretch of a strip between the words that cross it. */
    private Strip tallest(List<Word> byTop, float x, float half) {
        Strip best = null;
        float top = -Float.MAX_VALUE;
        for (Word word : byTop) {
            if (word.start < x + half && word.end > x - half) {
                if (word.top() - top > size * 2) {
                    best = better(best, measured(byTop, x, top, word.top()));
                }
                top = Math.max(top, word.bottom());
            }
        }
        return better(best, measured(byTop, x, top, Float.MAX_VALUE));
    }

    private Strip measured(List<Word> byTop, float x, float top, float bottom) {
        Side left = new Side();
        Side right = new Side();
        for (Word word : byTop) {
            if (word.middle() > top && word.middle() < bottom) {
                (word.end < x ? left : right).add(word);
            }
        }
        if (left.lines == 0 || right.lines == 0) {
            return null;
        }
        float gutter = right.start - left.end;
        int fewest = gutter > size * WIDE_GUTTER ? FEWEST_LINES_BESIDE_WIDE : FEWEST_LINES;
        float overlap = Math.min(left.bottom, right.bottom) - Math.max(left.top, right.top);
        boolean columns = left.isProse(fewest) && right.isProse(fewest) && overlap > size * 2;
        return columns ? new Strip(x, top, bottom, left.words + right.words, gutter) : null;
    }

    /** What stands on one side of a strip. */
    private final class Side {
        private final List<Word> all = new ArrayList<>();
        private int words;
        private float width;
        private int lines;
        private float top = Float.MAX_VALUE;
        private float bottom = -Float.MAX_VALUE;
        private float start = Float.MAX_VALUE;
        private float end = -Float.MAX_VALUE;
        private float lastBottom = -Float.MAX_VALUE;

        /** Words come by their tops. */
        private void add(Word word) {
            all.add(word);
            words++;
            width += word.end - word.start;
            if (word.middle() > lastBottom) {
                lines++;
                lastBottom = word.bottom();
            }
            top = Math.min(top, word.top());
            bottom = Math.max(bottom, word.bottom());
            start = Math.min(start, word.start);
            end = Math.max(end, word.end);
        }

        private boolean isProse(int fewest) {
            return lines >= fewest
                    && words >= lines * WORDS_OF_PROSE
                    && end - start >= size * NARROWEST
                    && width >= lines * (end - start) * FILLED;
        }
    }
}
