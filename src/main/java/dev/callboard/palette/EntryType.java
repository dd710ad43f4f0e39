package dev.callboard.palette;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The three groups of the palette. */
public enum EntryType {
    /** Brings input into a pipeline. */
    SOURCE,
    /** Does work. */
    STAGE,
    /** Takes the result out. */
    SINK;

    /** All words, separated by commas. */
    static final String WORDS = Stream.of(values()).map(EntryType::word).collect(Collectors.joining(", "));

    /** The word on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of that word. */
    public static Optional<EntryType> of(@Nullable Object word) {
        for (EntryType type : values()) {
            if (type.word().equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
