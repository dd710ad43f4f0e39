package dev.callboard.documents.extract;

import java.util.Locale;

/** How sure a result is: classes, for none of the methods gives a probability. */
enum Confidence {
    /** The source has it in a field of its own, or the text has the very words of a dictionary. */
    EXACT,
    /** A dictionary's words in another case or spelling, a pattern, an abbreviation that its own text explains. */
    HIGH,
    /** A model's reading of words that are really there. */
    MEDIUM,
    /** Nothing but nearness. */
    LOW;

    /** As it is written, such as {@code exact}. */
    String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
