package dev.callboard.office;

import dev.callboard.documents.ir.CleanText;
import java.util.ArrayList;
import java.util.List;

/** A table as lines: a row each, cells divided by {@code " | "}, rows without text and empty cells at a row's end left out. */
final class Rows {
    private static final int WIDEST = 1000;

    private final StringBuilder lines = new StringBuilder();

    /** Adds a row; cells beyond the thousandth are one with it. */
    void add(List<String> cells) {
        List<String> row = new ArrayList<>();
        for (String cell : cells) {
            String text = CleanText.inline(cell).replace('\n', ' ');
            if (row.size() < WIDEST) {
                row.add(text);
            } else {
                row.set(WIDEST - 1, (row.get(WIDEST - 1) + " " + text).strip());
            }
        }
        while (!row.isEmpty() && row.get(row.size() - 1).isEmpty()) {
            row.remove(row.size() - 1);
        }
        if (!row.isEmpty()) {
            lines.append(lines.isEmpty() ? "" : "\n")
                    .append(String.join(" | ", row)
                            .replace("|  |", "| |")
                            .replace("|  |", "| |")
                            .strip());
        }
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
