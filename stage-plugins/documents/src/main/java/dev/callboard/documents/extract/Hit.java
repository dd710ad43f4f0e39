package dev.callboard.documents.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An entity stands in a passage.
 *
 * @param start UTF-16 offset into the passage
 * @param end after its last character
 */
record Hit(int start, int end, EntityRef entity, Method method, Confidence confidence) {
    private static final Comparator<Hit> LEFTMOST_LONGEST = Comparator.comparingInt(Hit::start)
            .thenComparing(Comparator.comparingInt(Hit::end).reversed());

    /**
     * The hits that remain when the leftmost counts, of several that begin there the longest, of several that are equally long
     * the first given, and none that overlaps one that counts.
     */
    static List<Hit> longest(List<Hit> hits) {
        List<Hit> sorted = new ArrayList<>(hits);
        sorted.sort(LEFTMOST_LONGEST);
        List<Hit> longest = new ArrayList<>();
        int free = 0;
        for (Hit hit : sorted) {
            if (hit.start() >= free) {
                longest.add(hit);
                free = hit.end();
            }
        }
        return longest;
    }
}
