package dev.callboard.documents.parse;

import dev.callboard.documents.ir.DocumentBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What many writers put before the text of a Markdown file: lines of {@code key: value} between two lines {@code ---}. Of YAML it
 * knows plain and quoted values and lists of them; deeper things are left alone.
 *
 * @param text the lines, empty when there are none
 * @param values by key in lower case, at least one for each
 * @param rest of the file
 */
record FrontMatter(String text, Map<String, List<String>> values, String rest) {
    private static final Pattern BLOCK = Pattern.compile(
            "\\A---[ \\t]*\\R((?:(?!---|\\.\\.\\.)[^\\r\\n]{0,2000}\\R){0,200})(?:---|\\.\\.\\.)[ \\t]*(?:\\R|\\z)");
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z][A-Za-z0-9_-]*):(?:\\s+(.*))?");
    private static final Pattern ITEM = Pattern.compile("\\s*-\\s+(.*)");

    /** Divides a file. Lines {@code ---} around a text without any {@code key:} are what they are in Markdown. */
    static FrontMatter of(String file) {
        Matcher block = BLOCK.matcher(file);
        if (block.find()) {
            Map<String, List<String>> values = values(block.group(1));
            if (!values.isEmpty()) {
                return new FrontMatter(block.group(1), values, file.substring(block.end()));
            }
        }
        return new FrontMatter("", Map.of(), file);
    }

    private static Map<String, List<String>> values(String lines) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        List<String> last = new ArrayList<>();
        for (String line : lines.split("\\R")) {
            Matcher entry = ENTRY.matcher(line);
            Matcher item = ITEM.matcher(line);
            if (entry.matches()) {
                last = values.computeIfAbsent(entry.group(1).toLowerCase(Locale.ROOT), key -> new ArrayList<>());
                String value = entry.group(2) == null ? "" : entry.group(2).strip();
                boolean list = value.startsWith("[") && value.endsWith("]");
                for (String part : list ? value.substring(1, value.length() - 1).split(",") : new String[] {value}) {
                    add(last, part);
                }
            } else if (item.matches()) {
                add(last, item.group(1));
            }
        }
        return values;
    }

    private static void add(List<String> values, String raw) {
        String value = raw.strip();
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        String plain = quoted ? value.substring(1, value.length() - 1) : value;
        if (!plain.isBlank()) {
            values.add(plain);
        }
    }

    private List<String> all(String... keys) {
        for (String key : keys) {
            if (values.containsKey(key) && !values.get(key).isEmpty()) {
                return values.get(key);
            }
        }
        return List.of();
    }

    private String first(String... keys) {
        List<String> found = all(keys);
        return found.isEmpty() ? "" : found.get(0);
    }

    /** Tells a document what is known here, and names the lines as left out. */
    void describe(DocumentBuilder document) {
        document.title(first("title"));
        document.lang(first("lang", "language"));
        document.meta("authors", all("authors", "author"));
        document.meta("description", first("description", "summary", "abstract"));
        document.meta("keywords", all("keywords", "tags"));
        document.meta("created", first("date"));
        document.meta("doi", first("doi"));
        document.leftOut("front matter", "facts about the file, the usual ones of them in meta", text);
    }
}
