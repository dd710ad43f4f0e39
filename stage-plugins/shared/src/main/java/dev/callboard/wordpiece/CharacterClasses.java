package dev.callboard.wordpiece;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Sets of characters beyond ASCII, from {@code characters.txt} beside this class. */
final class CharacterClasses {
    private static final Map<String, BitSet> SETS = read();

    /** Dropped before anything else: controls, format characters, private use, U+FFFD. */
    static final BitSet DROPPED = SETS.get("dropped");

    /** Accents and other marks without a width of their own. */
    static final BitSet MARKS = SETS.get("marks");

    /** Words of their own. */
    static final BitSet PUNCTUATION = SETS.get("punctuation");

    private CharacterClasses() {}

    private static Map<String, BitSet> read() {
        Map<String, BitSet> sets = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                CharacterClasses.class.getResourceAsStream("characters.txt"), StandardCharsets.UTF_8))) {
            BitSet set = new BitSet();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(" ")) {
                    BitSet current = set;
                    Arrays.stream(line.strip().split(" ")).forEach(range -> addTo(current, range));
                } else if (!line.startsWith("#")) {
                    set = new BitSet();
                    sets.put(line, set);
                }
            }
            return sets;
        } catch (IOException e) {
            throw new UncheckedIOException("characters.txt cannot be read", e);
        }
    }

    private static void addTo(BitSet set, String range) {
        String[] ends = range.split("-");
        set.set(Integer.parseInt(ends[0], 16), Integer.parseInt(ends[ends.length - 1], 16) + 1);
    }
}
