package dev.callboard.documents.extract;

import java.util.Locale;
import java.util.Objects;

/**
 * A name to look for.
 *
 * @param name as it is written, not blank
 * @param entity what it names
 * @param method that its places have
 * @param verbatim how sure a place is that has the very name; one in another case or spelling is {@link Confidence#HIGH} at most
 */
record Term(String name, EntityRef entity, Method method, Confidence verbatim) {
    /** Up to so many characters, a name all in capitals is taken for a symbol: "AIDS" is no aid, "WHO" no question. */
    private static final int LONGEST_SYMBOL = 6;

    Term {
        Objects.requireNonNull(entity, "entity is null");
        Objects.requireNonNull(method, "method is null");
        Objects.requireNonNull(verbatim, "verbatim is null");
        name = name.replaceAll("[\\s\\p{Z}]+", " ").strip();
    }

    /** Whether upper and lower case must be as in the name. */
    boolean isCaseSensitive() {
        return name.codePointCount(0, name.length()) <= LONGEST_SYMBOL
                && !name.equals(name.toLowerCase(Locale.ROOT))
                && name.codePoints().noneMatch(Character::isLowerCase);
    }
}
