package dev.callboard.documents.extract.dictionary;

import dev.callboard.spi.Plural;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Collects the entries of one dictionary; one limit of names holds for all dictionaries together. */
final class Entries {
    /** A longer name is a definition that stands in the wrong place. */
    private static final int LONGEST_NAME = 300;

    private final String dictionary;
    private final String type;
    private final long room;
    private final List<DictionaryEntry> entries = new ArrayList<>();
    private long names;
    private long nameless;

    /**
     * Starts with none.
     *
     * @param type of all entries; when empty each has its own, else {@code term}
     * @param room how many names there may be
     */
    Entries(String dictionary, String type, long room) {
        this.dictionary = dictionary;
        this.type = type;
        this.room = room;
    }

    /**
     * Adds one; one without any name is counted and left out. The label is the first name that is not blank.
     *
     * @param ownType as the dictionary has it, possibly empty
     */
    void add(String id, List<String> labels, String ownType) throws UnreadableDictionary {
        Set<String> distinct = new LinkedHashSet<>();
        for (String label : labels) {
            String name = label.replaceAll("[\\s\\p{Z}]+", " ").strip();
            if (!name.isEmpty() && name.length() <= LONGEST_NAME) {
                distinct.add(name);
            }
        }
        if (distinct.isEmpty()) {
            nameless++;
            return;
        }
        names += distinct.size();
        if (names > room) {
            throw UnreadableDictionary.tooLarge();
        }
        List<String> all = List.copyOf(distinct);
        entries.add(
                new DictionaryEntry(dictionary, id.strip(), all.get(0), all.subList(1, all.size()), typeOf(ownType)));
    }

    private String typeOf(String own) {
        String given = type.isEmpty() ? own : type;
        String form = given.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "_");
        return form.matches(Dictionaries.TYPE) ? form : Dictionaries.USUAL_TYPE;
    }

    List<DictionaryEntry> list() {
        return entries;
    }

    long names() {
        return names;
    }

    /** What the log says. */
    String summary(String format) {
        return "Dictionary " + dictionary + " (" + format + "): "
                + Plural.of(entries.size(), "entry", "entries") + ", " + Plural.of(names, "name")
                + (nameless == 0 ? "" : "; " + nameless + " without a name are left out") + ".";
    }
}
