package dev.callboard.documents.extract.dictionary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A dictionary as CSV (RFC 4180): {@code id,label,synonyms…,type}. A first line with the word {@code label} names the columns, in
 * any order; those whose name begins with {@code synonym} have synonyms, several in one cell are divided by {@code |}, and other
 * columns are ignored. Without such a line the first column is the id, the second the label, the last of four or more the type,
 * and those between have synonyms; a line of one column is a label. Columns are divided by commas, semicolons or tabs, whichever
 * the first line has most of. Lines that begin with {@code #} are ignored.
 */
final class CsvDictionary {
    private static final int WITH_TYPE = 4;

    private final String text;
    private final char divider;
    private int at;
    private int line;

    private CsvDictionary(String text) {
        this.text = text;
        this.divider = divider(text);
    }

    static void read(String text, Entries entries) throws UnreadableDictionary {
        new CsvDictionary(text).read(entries);
    }

    private void read(Entries entries) throws UnreadableDictionary {
        List<String> columns = null;
        boolean first = true;
        for (List<String> row = row(); row != null; row = row()) {
            boolean ignored =
                    row.stream().allMatch(String::isBlank) || row.get(0).startsWith("#");
            if (ignored) {
                continue;
            }
            List<String> names = row.stream()
                    .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
                    .toList();
            if (first && names.contains("label")) {
                columns = names;
            } else if (columns == null) {
                byPlace(row, entries);
            } else {
                byName(row, columns, entries);
            }
            first = false;
        }
    }

    private static void byPlace(List<String> row, Entries entries) throws UnreadableDictionary {
        if (row.size() == 1) {
            entries.add("", row, "");
            return;
        }
        boolean typed = row.size() >= WITH_TYPE;
        List<String> names = new ArrayList<>();
        row.subList(1, typed ? row.size() - 1 : row.size()).forEach(cell -> names.addAll(several(cell)));
        entries.add(row.get(0), names, typed ? row.get(row.size() - 1) : "");
    }

    private static void byName(List<String> row, List<String> columns, Entries entries) throws UnreadableDictionary {
        String id = "";
        String type = "";
        List<String> names = new ArrayList<>();
        for (int i = 0; i < Math.min(row.size(), columns.size()); i++) {
            String column = columns.get(i);
            if (column.equals("id")) {
                id = row.get(i);
            } else if (column.equals("type")) {
                type = row.get(i);
            } else if (column.equals("label")) {
                names.add(0, row.get(i));
            } else if (column.startsWith("synonym")) {
                names.addAll(several(row.get(i)));
            }
        }
        entries.add(id, names, type);
    }

    private static List<String> several(String cell) {
        return Arrays.asList(cell.split("\\|"));
    }

    private static char divider(String text) {
        int end = text.indexOf('\n');
        String head = end < 0 ? text : text.substring(0, end);
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(head, candidate) > count(head, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char c) {
        return text.chars().filter(other -> other == c).count();
    }

    /** The cells of the next line, at least one, or null at the end. */
    private List<String> row() throws UnreadableDictionary {
        if (at >= text.length()) {
            return null;
        }
        line++;
        List<String> cells = new ArrayList<>();
        while (true) {
            cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : bare());
            if (at >= text.length()) {
                return cells;
            }
            char end = text.charAt(at++);
            if (end != divider) {
                if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                    at++;
                }
                return cells;
            }
        }
    }

    private String bare() {
        int start = at;
        while (at < text.length() && text.charAt(at) != divider && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() throws UnreadableDictionary {
        StringBuilder cell = new StringBuilder();
        int opened = line;
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                line += c == '\n' ? 1 : 0;
                cell.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                cell.append(c);
                at++;
            } else {
                // What stands between the closing quote and the divider belongs to the cell, as spreadsheets read it.
                return cell.append(bare()).toString();
            }
        }
        throw new UnreadableDictionary("opens a quote in line " + opened + " that is never closed");
    }
}
