package dev.callboard.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant by a name that is not known. */
public final class NearName {
    private NearName() {}

    /** Says of an unknown name what is known in its place: the one that it resembles, else all. */
    public static String unknown(String name, Collection<String> known) {
        if (known.isEmpty()) {
            return "is not known here; none is";
        }
        return of(name, known)
                .map(near -> "is not known here; did you mean '" + near + "'?")
                .orElseGet(() -> "is not known here; known are " + String.join(", ", known));
    }

    /** The known name that differs in the fewest letters, when these are few for its length. */
    public static Optional<String> of(String name, Collection<String> known) {
        int most = Math.min(1 + name.length() / 4, (name.length() - 1) / 2);
        return known.stream()
                .filter(near -> Math.abs(near.length() - name.length()) <= most && edits(name, near) <= most)
                .min(Comparator.comparingInt(near -> edits(name, near)));
    }

    /** How many letters have to be changed, added or removed (Levenshtein's distance). */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int same = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int best = Math.min(diagonal + same, 1 + Math.min(row[j], row[j - 1]));
                diagonal = row[j];
                row[j] = best;
            }
        }
        return row[to.length()];
    }
}
