package dev.callboard.documents.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A table in the models of XHTML ({@code tr, td}) and CALS ({@code row, entry}), with what reaches over rows and columns. */
final class XmlTable {
    private final Function<XmlElement, String> cellText;
    private final TableText text = new TableText();
    private final Map<String, Integer> columns = new HashMap<>();

    private XmlTable(Function<XmlElement, String> cellText) {
        this.cellText = cellText;
    }

    /**
     * The rows of a table; what is in it beside rows is left to the caller.
     *
     * @param cellText how a cell is read
     */
    static String read(XmlElement table, Function<XmlElement, String> cellText) {
        XmlTable reader = new XmlTable(cellText);
        reader.part(table);
        return reader.text.toString();
    }

    private void part(XmlElement part) {
        for (XmlElement element : part.elements()) {
            switch (element.name()) {
                case "tr", "row" -> row(element);
                case "colspec" ->
                    columns.put(
                            element.attribute("colname"), number(element.attribute("colnum"), columns.size() + 1) - 1);
                case "tgroup" -> {
                    columns.clear();
                    part(element);
                    text.endOfPart();
                }
                case "thead", "tbody", "tfoot" -> {
                    part(element);
                    text.endOfPart();
                }
                default -> {
                    // A caption, a title or notes: not part of the rows.
                }
            }
        }
    }

    private void row(XmlElement row) {
        List<TableText.Cell> cells = new ArrayList<>();
        for (XmlElement cell : row.elements()) {
            if (cell.is("entrytbl")) {
                cells.add(new TableText.Cell(read(cell, cellText).replace('\n', ';')));
            } else {
                cells.add(cell(cell));
            }
        }
        text.row(cells);
    }

    private TableText.Cell cell(XmlElement cell) {
        int rows = cell.attribute("morerows").isEmpty()
                ? number(cell.attribute("rowspan"), 1)
                : number(cell.attribute("morerows"), 0) + 1;
        String first = cell.attribute("namest").isEmpty() ? cell.attribute("colname") : cell.attribute("namest");
        int column = columns.getOrDefault(first, -1);
        int last = columns.getOrDefault(cell.attribute("nameend"), -1);
        int wide = column >= 0 && last >= column ? last - column + 1 : number(cell.attribute("colspan"), 1);
        return new TableText.Cell(cellText.apply(cell), rows, wide, column);
    }

    /** A span or column number; 0 and what is no number count as the fallback, but for a rowspan of 0. */
    static int number(String attribute, int fallback) {
        return attribute.matches("\\d{1,4}") ? Integer.parseInt(attribute) : fallback;
    }
}
