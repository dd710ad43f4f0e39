package dev.callboard.documents.parse;

import dev.callboard.documents.ir.CleanText;
import java.util.ArrayList;
import java.util.List;

/** A table as lines: a row each, cells divided by {@code " | "}, rows without text left out. */
final class TableText {
    private final List<String> rows = new ArrayList<>();

    /** Adds a row; cells are cleaned here, and empty ones at the end dropped. */
    void row(List<String> cells) {
        List<String> clean = new ArrayList<>();
        for (String cell : cells) {
            clean.add(CleanText.inline(cell).replace('\n', ' '));
        }
        while (!clean.isEmpty() && clean.get(clean.size() - 1).isEmpty()) {
            clean.remove(clean.size() - 1);
        }
        if (!clean.isEmpty()) {
            // Two dividers around an empty cell keep one space between them.
            rows.add(String.join(" | ", clean)
                    .replace("|  |", "| |")
                    .replace("|  |", "| |")
                    .strip());
        }
    }

    @Override
    public String toString() {
        return String.join("\n", rows);
    }
}
