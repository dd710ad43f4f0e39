package dev.callboard.documents.pdf;

import java.util.List;

/**
 * A line of one column.
 *
 * @param page counted from 1
 * @param text with raised and lowered text marked
 * @param cells its parts that wide gaps divide, one when there are none
 * @param starts where each cell starts
 * @param bold whether nearly all of it is; likewise {@code italic} and {@code fixed}
 * @param font in which nearly all of it is, or empty
 * @param tail where its last word ends
 */
record Line(
        int page,
        String text,
        List<String> cells,
        float[] starts,
        float start,
        float tail,
        float y,
        float size,
        boolean bold,
        boolean italic,
        boolean fixed,
        String font) {
    boolean isRow() {
        return cells.size() > 1;
    }

    char last() {
        return text.charAt(text.length() - 1);
    }
}
