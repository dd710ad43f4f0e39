package dev.callboard.documents.pdf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Puts the words of one column into lines. */
final class Lines {
    private static final float SAME_LINE = 0.35f;
    private static final float SMALL = 0.85f;

    private final List<List<Word>> lines = new ArrayList<>();

    private Lines() {}

    /** The lines from top to bottom, their words from left to right. */
    static List<Line> of(List<Word> words, int page) {
        Lines lines = new Lines();
        List<Word> sorted = new ArrayList<>(words);
        sorted.sort(Comparator.comparingDouble((Word word) -> word.y).thenComparingDouble(word -> word.start));
        float usual = usualSize(words);
        List<Word> small = new ArrayList<>();
        for (Word word : sorted) {
            if (word.size < usual * SMALL) {
                small.add(word);
            } else {
                lines.put(word);
            }
        }
        // The larger ones first: what is small beside the body may be a line of its own with raised words.
        small.sort(Comparator.comparingInt((Word word) -> -Math.round(word.size * 2)));
        for (Word word : small) {
            if (!lines.attach(word)) {
                lines.put(word);
            }
        }
        lines.lines.sort(Comparator.comparingDouble(Lines::baseLine));
        List<Line> result = new ArrayList<>();
        for (List<Word> line : lines.lines) {
            line.sort(Comparator.comparingDouble(word -> word.start));
            result.add(LineText.of(line, page));
        }
        result.removeIf(line -> line.text().isBlank());
        return result;
    }

    private static float usualSize(List<Word> words) {
        float[] sizes = new float[words.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = words.get(i).size;
        }
        Arrays.sort(sizes);
        return sizes[sizes.length / 2];
    }

    private static double baseLine(List<Word> line) {
        Word largest = line.get(0);
        for (Word word : line) {
            largest = word.size > largest.size ? word : largest;
        }
        return largest.y;
    }

    private void put(Word word) {
        for (int i = lines.size() - 1; i >= 0 && i >= lines.size() - 6; i--) {
            Word first = lines.get(i).get(0);
            if (Math.abs(first.y - word.y) < SAME_LINE * Math.min(first.size, word.size)) {
                lines.get(i).add(word);
                return;
            }
        }
        List<Word> line = new ArrayList<>();
        line.add(word);
        lines.add(line);
    }

    /** Raised and lowered words stand beside a larger one whose line they touch. */
    private boolean attach(Word word) {
        List<Word> best = null;
        float bestGap = word.size;
        for (List<Word> line : lines) {
            for (Word other : line) {
                float gap = Math.max(other.start - word.end, word.start - other.end);
                boolean beside = word.middle() > other.top() && word.middle() < other.bottom() + other.size * 0.1f;
                if (other.size > word.size && beside && gap < bestGap) {
                    best = line;
                    bestGap = gap;
                }
            }
        }
        if (best != null) {
            best.add(word);
        }
        return best != null;
    }
}
