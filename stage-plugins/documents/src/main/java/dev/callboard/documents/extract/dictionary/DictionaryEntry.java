package dev.callboard.documents.extract.dictionary;

import java.util.List;
import java.util.Objects;

/**
 * A thing of a dictionary.
 *
 * @param dictionary the dictionary's name
 * @param id as the dictionary has it, possibly empty
 * @param label not blank
 * @param synonyms other names, none blank
 * @param type of the form {@link Dictionaries#TYPE}
 */
public record DictionaryEntry(String dictionary, String id, String label, List<String> synonyms, String type) {
    /** Copies and checks. */
    public DictionaryEntry {
        Objects.requireNonNull(dictionary, "dictionary is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(label, "label is null");
        Objects.requireNonNull(type, "type is null");
        synonyms = List.copyOf(synonyms);
    }
}
