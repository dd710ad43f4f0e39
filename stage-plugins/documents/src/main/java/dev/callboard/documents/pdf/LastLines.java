package dev.callboard.documents.pdf;

import java.util.ArrayList;
import java.util.List;

/**
 * The last line of a paragraph over two columns may be so short that it does not cross the white between them, and looks like the
 * first line of the left one. It belongs to what is above when it is nearer to that than to what is below it, and higher than the
 * right column.
 */
final class LastLines {
    private static final float LEADING = 1.5f;
    private static final float FARTHER = 1.2f;
    private static final int MOST = 3;

    private LastLines() {}

    /** Moves such lines from the left column to what is above. */
    static void giveBack(List<Word> above, List<Word> left, List<Word> right) {
        float rightTop = Float.MAX_VALUE;
        for (Word word : right) {
            rightTop = Math.min(rightTop, word.top());
        }
        for (int i = 0; i < MOST && !above.isEmpty() && !left.isEmpty(); i++) {
            float before = -Float.MAX_VALUE;
            for (Word word : above) {
                before = Math.max(before, word.y);
            }
            List<Word> line = top(left);
            Word first = line.get(0);
            float next = Float.MAX_VALUE;
            for (Word word : left) {
                next = line.contains(word) ? next : Math.min(next, word.y);
            }
            float step = first.y - before;
            if (step > first.size * LEADING || first.y > rightTop || next - first.y < step * FARTHER) {
                return;
            }
            above.addAll(line);
            left.removeAll(line);
        }
    }

    private static List<Word> top(List<Word> words) {
        Word highest = words.get(0);
        for (Word word : words) {
            highest = word.y < highest.y ? word : highest;
        }
        List<Word> line = new ArrayList<>();
        for (Word word : words) {
            if (word.y - highest.y < highest.size / 2) {
                line.add(word);
            }
        }
        return line;
    }
}
