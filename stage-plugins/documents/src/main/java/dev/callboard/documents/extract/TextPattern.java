package dev.callboard.documents.extract;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A form of text that says what it is. RE2 needs time linear in the text, whatever the pattern. What is found is group 1 of a match
 * where the pattern has one, else all of it: RE2 looks neither ahead nor behind.
 *
 * @param worth whether a text may hold a match at all; cheap
 * @param reading what a match names
 */
record TextPattern(Pattern pattern, Predicate<String> worth, Reading reading) {
    /** Longer matches name nothing. */
    private static final int LONGEST = 500;

    /** Tells what a match names. */
    @FunctionalInterface
    interface Reading {
        /**
         * The entity, or empty when the text only looks like one.
         *
         * @param text group 1 or the whole match
         */
        Optional<Read> read(String text, Matcher match);
    }

    /**
     * What a match names.
     *
     * @param length how much of the text belongs to it, in UTF-16 units
     */
    record Read(int length, EntityRef entity) {}

    /** A pattern whose matches belong to their entities as a whole. */
    static TextPattern of(String regex, Predicate<String> worth, Function<String, EntityRef> entity) {
        return new TextPattern(
                Pattern.compile(regex),
                worth,
                (text, match) -> Optional.of(new Read(text.length(), entity.apply(text))));
    }

    /** Adds all matches in a text. */
    void find(String text, List<Hit> hits) {
        if (!worth.test(text)) {
            return;
        }
        Matcher matcher = pattern.matcher(text);
        int group = matcher.groupCount() > 0 ? 1 : 0;
        while (matcher.find()) {
            String found = matcher.group(group);
            if (found != null && !found.isBlank() && found.length() <= LONGEST) {
                int start = matcher.start(group);
                reading.read(found, matcher)
                        .filter(read -> read.length() > 0)
                        .ifPresent(read -> hits.add(
                                new Hit(start, start + read.length(), read.entity(), Method.PATTERN, Confidence.HIGH)));
            }
        }
    }
}
