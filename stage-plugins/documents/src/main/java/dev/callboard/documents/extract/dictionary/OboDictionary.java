package dev.callboard.documents.extract.dictionary;

import java.util.ArrayList;
import java.util.List;

/**
 * A dictionary as OBO (format 1.2 and 1.4): the {@code [Term]} stanzas with {@code id}, {@code name} and {@code synonym}; the
 * {@code namespace} is the type. Obsolete terms are left out, and so is everything else.
 */
final class OboDictionary {
    private final Entries entries;
    private boolean term;
    private boolean obsolete;
    private String id = "";
    private String name = "";
    private String namespace = "";
    private String usualNamespace = "";
    private List<String> synonyms = new ArrayList<>();

    private OboDictionary(Entries entries) {
        this.entries = entries;
    }

    static void read(String text, Entries entries) throws UnreadableDictionary {
        OboDictionary dictionary = new OboDictionary(entries);
        for (String line : (Iterable<String>) text.lines()::iterator) {
            dictionary.line(line.strip());
        }
        dictionary.end();
        if (entries.list().isEmpty() && !text.contains("[Term]")) {
            throw new UnreadableDictionary("is not OBO: it has no [Term]");
        }
    }

    private void line(String line) throws UnreadableDictionary {
        if (line.startsWith("[")) {
            end();
            term = line.startsWith("[Term]");
            return;
        }
        int colon = line.indexOf(':');
        if (colon < 0) {
            return;
        }
        String value = line.substring(colon + 1).strip();
        String tag = line.substring(0, colon);
        if (tag.equals("default-namespace")) {
            usualNamespace = bare(value);
        }
        if (!term) {
            return;
        }
        switch (tag) {
            case "id" -> id = bare(value);
            case "name" -> name = bare(value);
            case "namespace" -> namespace = bare(value);
            case "is_obsolete" -> obsolete = bare(value).equals("true");
            case "synonym", "exact_synonym", "related_synonym", "narrow_synonym", "broad_synonym" ->
                synonyms.add(quoted(value));
            default -> {
                // Relations, definitions and references name nothing.
            }
        }
    }

    private void end() throws UnreadableDictionary {
        if (term && !obsolete) {
            List<String> names = new ArrayList<>();
            names.add(name);
            names.addAll(synonyms);
            entries.add(id, names, namespace.isEmpty() ? usualNamespace : namespace);
        }
        term = false;
        obsolete = false;
        id = "";
        name = "";
        namespace = "";
        synonyms = new ArrayList<>();
    }

    /** A value without its comment ({@code ! …}) and its modifiers ({@code {…}}), unescaped. */
    private static String bare(String value) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                plain.append(unescaped(value.charAt(++i)));
            } else if (c == '{' || (c == '!' && i > 0 && Character.isWhitespace(value.charAt(i - 1)))) {
                break;
            } else {
                plain.append(c);
            }
        }
        return plain.toString().strip();
    }

    /** What stands in the first pair of quotes, unescaped; empty without one. */
    private static String quoted(String value) {
        int open = value.indexOf('"');
        StringBuilder plain = new StringBuilder();
        for (int i = open + 1; open >= 0 && i < value.length() && value.charAt(i) != '"'; i++) {
            char c = value.charAt(i);
            plain.append(c == '\\' && i + 1 < value.length() ? unescaped(value.charAt(++i)) : c);
        }
        return plain.toString();
    }

    private static char unescaped(char c) {
        return c == 'n' || c == 't' || c == 'W' ? ' ' : c;
    }
}
