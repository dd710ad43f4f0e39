package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** How much of a text a document has in the same order. */
final class WordOrder {
    private WordOrder() {}

    /**
     * Asserts that at least 98 % of the words are there, one after the other, and hardly another. What divides the cells of a table is
     * no word.
     */
    static void assertReads(Map<String, Object> document, String expected) {
        String[] wanted = expected.strip().split("\\s+");
        String[] found = ((String) document.get("text")).strip().split("(?:\\s+\\|)?\\s+");
        int common = longestCommon(wanted, found);
        assertThat((double) common / wanted.length)
                .as("words in order of %s", document.get("text"))
                .isGreaterThanOrEqualTo(0.98);
        assertThat(found.length).isLessThanOrEqualTo(wanted.length + wanted.length / 50);
    }

    private static int longestCommon(String[] a, String[] b) {
        int[] row = new int[b.length + 1];
        for (String word : a) {
            int diagonal = 0;
            for (int j = 1; j <= b.length; j++) {
                int above = row[j];
                row[j] = word.equals(b[j - 1]) ? diagonal + 1 : Math.max(row[j], row[j - 1]);
                diagonal = above;
            }
        }
        return row[b.length];
    }
}
