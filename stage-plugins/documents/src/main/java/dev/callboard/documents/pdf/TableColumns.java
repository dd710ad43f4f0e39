package dev.callboard.documents.pdf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Tells the columns of a table, which are read row by row, from those of text. */
final class TableColumns {
    private static final Pattern CAPTION = Pattern.compile("(?:Table|TABLE|Tabelle|Tab\\.)[A-Z]?\\d.*");

    private TableColumns() {}

    /** Whether a good part of the lines has wide gaps: one column of text has none, half a table has. */
    static boolean hasCells(List<Word> words, float size) {
        Map<Integer, List<Word>> rows = new HashMap<>();
        for (Word word : words) {
            rows.computeIfAbsent(Math.round(word.y / (size * 0.5f)), key -> new ArrayList<>())
                    .add(word);
        }
        int gaps = 0;
        for (List<Word> row : rows.values()) {
            row.sort(Comparator.comparingDouble(word -> word.start));
            boolean wide = false;
            for (int i = 1; i < row.size(); i++) {
                wide |= row.get(i).start - row.get(i - 1).end > size * LineText.CELL;
            }
            gaps += wide ? 1 : 0;
        }
        return gaps * 5 >= rows.size();
    }

    /** Whether what stands above two sides is the caption of a table, and one side has cells. */
    static boolean areUnderCaption(List<Word> above, List<Word> left, List<Word> right, float size) {
        if (above.isEmpty() || !(hasCells(left, size) || hasCells(right, size))) {
            return false;
        }
        Word lowest = above.get(0);
        for (Word word : above) {
            lowest = word.y > lowest.y ? word : lowest;
        }
        List<Word> line = new ArrayList<>();
        for (Word word : above) {
            if (lowest.y - word.y < lowest.size / 2) {
                line.add(word);
            }
        }
        line.sort(Comparator.comparingDouble(word -> word.start));
        StringBuilder text = new StringBuilder();
        line.forEach(word -> word.glyphs.forEach(glyph -> text.append(glyph.text)));
        return CAPTION.matcher(text).matches();
    }
}
