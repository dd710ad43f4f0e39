package dev.callboard.documents.parse;

import dev.callboard.documents.ir.CleanText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A table as lines: a row each, cells divided by {@code " | "}, rows without text left out. A cell that reaches over several
 * rows is repeated in each of them, so that every line can be read by its own headings; one that reaches over several columns
 * is followed by empty ones.
 */
final class TableText {
    private static final int WIDEST = 1000;

    private final List<String> rows = new ArrayList<>();
    private final Map<Integer, Spanning> spanning = new HashMap<>();

    /**
     * A cell.
     *
     * @param text not cleaned
     * @param rows how many rows it reaches over, at least 1; 0: to the end
     * @param columns how many columns, at least 1
     * @param column where it begins, counted from 0, or -1: in the next free one
     */
    record Cell(String text, int rows, int columns, int column) {
        Cell(String text) {
            this(text, 1, 1, -1);
        }
    }

    private static final class Spanning {
        private final String text;
        private int left;

        private Spanning(String text, int left) {
            this.text = text;
            this.left = left;
        }
    }

    /** Adds a row; cells are cleaned here, and empty ones at the end dropped. */
    void row(List<Cell> cells) {
        List<String> line = new ArrayList<>();
        Map<Integer, Spanning> opened = new HashMap<>();
        for (Cell cell : cells) {
            fromAbove(line);
            while (cell.column() > line.size() && line.size() < WIDEST) {
                if (!fromAboveOne(line)) {
                    line.add("");
                }
            }
            String text = CleanText.inline(cell.text()).replace('\n', ' ');
            for (int i = 0; i < Math.min(Math.max(1, cell.columns()), WIDEST); i++) {
                String shown = i == 0 ? text : "";
                if (cell.rows() != 1) {
                    int left = cell.rows() <= 0 ? Integer.MAX_VALUE : cell.rows() - 1;
                    opened.put(line.size(), new Spanning(shown, left));
                }
                line.add(shown);
            }
        }
        int last = spanning.keySet().stream().mapToInt(column -> column).max().orElse(-1);
        while (line.size() <= last && line.size() < WIDEST) {
            if (!fromAboveOne(line)) {
                line.add("");
            }
        }
        spanning.putAll(opened);
        if (cells.isEmpty()) {
            return;
        }
        while (!line.isEmpty() && line.get(line.size() - 1).isEmpty()) {
            line.remove(line.size() - 1);
        }
        if (!line.isEmpty()) {
            // Two dividers around an empty cell keep one space between them.
            rows.add(String.join(" | ", line)
                    .replace("|  |", "| |")
                    .replace("|  |", "| |")
                    .strip());
        }
    }

    /** Ends what reaches down: a cell never reaches beyond its part of a table. */
    void endOfPart() {
        spanning.clear();
    }

    private void fromAbove(List<String> line) {
        while (line.size() < WIDEST && fromAboveOne(line)) {
            // The next column may be covered too.
        }
    }

    private boolean fromAboveOne(List<String> line) {
        Spanning above = spanning.get(line.size());
        if (above == null) {
            return false;
        }
        above.left--;
        if (above.left <= 0) {
            spanning.remove(line.size());
        }
        line.add(above.text);
        return true;
    }

    @Override
    public String toString() {
        return String.join("\n", rows);
    }
}
