package dev.callboard.documents.extract;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a result was found. */
enum Method {
    /** The source says it in a field: an author, a keyword, a sponsor, an identifier of a cited work. */
    STRUCTURED,
    /** A name of the user's dictionaries stands in the text. */
    DICTIONARY,
    /** The text has a form that says what it is, such as a DOI. */
    PATTERN,
    /** The text explains an abbreviation, which then stands for its long form everywhere in it. */
    ABBREVIATION,
    /** A value of the document's own fields, such as a keyword, stands in its text. */
    FIELD_TERM,
    /** Two entities stand in one sentence. */
    CO_OCCURRENCE,
    /** A model said it, and the text has the words that it quotes. */
    MODEL;

    /** As it is written, such as {@code field_term}. */
    String json() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The method of that name. */
    static Optional<Method> named(String name) {
        return Stream.of(values()).filter(method -> method.json().equals(name)).findAny();
    }

    /** All names, in order. */
    static List<String> names() {
        return Stream.of(values()).map(Method::json).toList();
    }

    /** The names of those that need no model. */
    static List<String> usual() {
        return names().stream().filter(name -> !name.equals(MODEL.json())).toList();
    }
}
