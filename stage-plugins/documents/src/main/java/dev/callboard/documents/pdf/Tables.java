package dev.callboard.documents.pdf;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells under each other: lines with wide gaps, one of which is where another line has one, and the further lines of
 * cells that take more than one.
 */
final class Tables {
    private static final int FEWEST_ROWS = 3;
    private static final int FEWEST_WIDE_ROWS = 2;
    private static final int WIDE = 3;
    private static final int FAR = 12;
    private static final int MOST_LINES_OF_A_ROW = 6;
    private static final float NEAR = 3.2f;
    private static final float ALIGNED = 2.5f;

    private Tables() {}

    /** How many lines from one on are a table; 0: none. */
    static int rows(List<Line> lines, int from) {
        if (!isRow(lines.get(from))) {
            return 0;
        }
        int rows = 1;
        int wide = lines.get(from).cells().size() >= WIDE ? 1 : 0;
        int end = from + 1;
        for (int i = end; i < lines.size() && isNear(lines.get(i - 1), lines.get(i)); i++) {
            Line line = lines.get(i);
            if (isRow(line) && isAligned(lines, from, i)) {
                rows++;
                wide += line.cells().size() >= WIDE ? 1 : 0;
                end = i + 1;
            } else if (goesOn(lines, from, i)) {
                end = i + 1;
            } else {
                break;
            }
        }
        boolean enough = rows >= FEWEST_ROWS || wide >= FEWEST_WIDE_ROWS;
        return enough && rows * MOST_LINES_OF_A_ROW >= end - from ? end - from : 0;
    }

    private static boolean isRow(Line line) {
        if (!line.isRow() || Paragraphs.CAPTION.matcher(line.text()).matches()) {
            return false;
        }
        String first = line.cells().get(0);
        return line.cells().size() > 2
                || first.length() > 4
                || !Paragraphs.BULLET.matcher(first + " x").matches();
    }

    private static boolean isNear(Line above, Line below) {
        return below.y() - above.y() < Math.max(above.size(), below.size()) * NEAR;
    }

    private static boolean isAligned(List<Line> lines, int from, int row) {
        Line line = lines.get(row);
        for (int i = Math.max(from, row - FAR); i < row; i++) {
            for (int a = 1; a < line.starts().length; a++) {
                for (int b = 1; b < lines.get(i).starts().length; b++) {
                    if (Math.abs(line.starts()[a] - lines.get(i).starts()[b]) < line.size() * ALIGNED) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Whether a line stands under cells, but the first, of the row above. */
    private static boolean goesOn(List<Line> lines, int from, int at) {
        Line line = lines.get(at);
        for (int i = at - 1; i >= from; i--) {
            Line above = lines.get(i);
            for (int cell = 1; cell < above.starts().length; cell++) {
                if (Math.abs(above.starts()[cell] - line.start()) < line.size()) {
                    return true;
                }
            }
            if (above.start() < line.start() - line.size() && above.isRow()) {
                return false;
            }
        }
        return false;
    }

    /** A line for each row, its cells divided by {@code " | "}; a cell's further lines follow its first one. */
    static String text(List<Line> lines) {
        List<List<String>> rows = new ArrayList<>();
        float[] starts = {};
        for (Line line : lines) {
            boolean further = starts.length > 1 && line.start() > starts[0] + line.size();
            if (!further) {
                rows.add(new ArrayList<>(line.cells()));
                starts = line.starts();
                continue;
            }
            List<String> row = rows.get(rows.size() - 1);
            for (int i = 0; i < line.cells().size(); i++) {
                int cell = Math.min(row.size() - 1, nearest(starts, line.starts()[i]));
                row.set(cell, (row.get(cell) + ' ' + line.cells().get(i)).strip());
            }
        }
        return String.join(
                "\n", rows.stream().map(row -> String.join(" | ", row)).toList());
    }

    private static int nearest(float[] starts, float start) {
        int best = 0;
        for (int i = 1; i < starts.length; i++) {
            best = Math.abs(starts[i] - start) < Math.abs(starts[best] - start) ? i : best;
        }
        return best;
    }
}
