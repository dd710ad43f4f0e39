package dev.callboard.office;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads Excel's sheets in order, each a section whose rows are tables of at most 100 lines. Numbers are those that are stored, dates
 * as {@code 2026-03-01}, of a formula its last result. Hidden sheets are read too: they hold what the others are computed from.
 */
final class XlsxReader {
    private static final String MAIN = "xl/workbook.xml";
    private static final int ROWS_PER_TABLE = 100;
    private static final int MOST_COLUMNS = 16_384;

    private final OfficeFile file;
    private final Sink sink;

    XlsxReader(OfficeFile file, Sink sink) {
        this.file = file;
        this.sink = sink;
    }

    void read() throws IOException, StageFailure, InterruptedException {
        Element workbook = file.root(MAIN);
        Map<String, String> parts = file.relations(MAIN);
        XlsxCells cells = XlsxCells.of(file, workbook);
        int sheets = 0;
        for (Element sheet : workbook.at("sheets").children("sheet")) {
            String part = parts.get(sheet.attribute("r:id"));
            if (part != null && part.startsWith("xl/worksheets/")) {
                sheets++;
                sink.document().atPage(sheets);
                sheet(part, sheet.attribute("name"), cells);
            }
        }
        sink.document().meta("pages", sheets == 0 ? null : sheets);
        for (String name : file.names()) {
            if (name.matches("xl/(threadedComments/.*|comments\\d*)\\.xml")) {
                sink.document()
                        .leftOut(
                                "comments",
                                "remarks of readers",
                                file.root(name).words("t"));
            } else if (name.matches("xl/(charts|drawings)/[^/]+\\.xml")) {
                sink.document()
                        .leftOut(
                                "drawings",
                                "words in a drawing",
                                file.root(name).words("t"));
            }
        }
    }

    private void sheet(String name, String title, XlsxCells cells)
            throws IOException, StageFailure, InterruptedException {
        Rows rows = new Rows();
        int count = 0;
        try (XmlPart part = file.open(name)) {
            while (part.next()) {
                if (part.name().equals("row")) {
                    List<String> line = row(part.element(), cells);
                    if (count == 0 && !line.isEmpty()) {
                        sink.heading(1, title);
                    }
                    rows.add(line);
                    count += line.isEmpty() ? 0 : 1;
                    if (count > 0 && count % ROWS_PER_TABLE == 0) {
                        sink.block(BlockKind.TABLE, rows.toString());
                        rows = new Rows();
                    }
                }
            }
        }
        sink.block(BlockKind.TABLE, rows.toString());
    }

    private static List<String> row(Element row, XlsxCells cells) {
        List<String> line = new ArrayList<>();
        for (Element cell : row.children("c")) {
            int column = column(cell.attribute("r"), line.size());
            String value = cells.value(cell);
            while (!value.isEmpty() && line.size() < column) {
                line.add("");
            }
            if (!value.isEmpty()) {
                line.add(value);
            }
        }
        return line;
    }

    /** Counted from 0: that of {@code C7} is 2. */
    private static int column(String place, int fallback) {
        int column = 0;
        for (int i = 0; i < place.length() && Character.isUpperCase(place.charAt(i)) && column < MOST_COLUMNS; i++) {
            column = column * 26 + place.charAt(i) - 'A' + 1;
        }
        return column == 0 ? fallback : Math.min(column, MOST_COLUMNS) - 1;
    }
}
