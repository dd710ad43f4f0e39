package dev.callboard.documents.pdf;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a page in reading order, a list for each column.
 *
 * @param number of the page, counted from 1
 */
record PageText(int number, float width, float height, List<List<Line>> columns) {
    static PageText of(PageGlyphs page) {
        Fractions.write(page.glyphs, page.bars, page.number);
        List<List<Line>> columns = new ArrayList<>();
        for (List<Word> column : Columns.of(Words.of(page.glyphs))) {
            columns.add(Lines.of(column, page.number));
        }
        return new PageText(page.number, page.width, page.height, columns);
    }
}
