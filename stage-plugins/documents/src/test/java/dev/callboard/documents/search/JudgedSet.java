package dev.callboard.documents.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Passages and questions with judgements, from {@code judged/}.
 *
 * @param passages id to text
 */
record JudgedSet(Map<String, String> passages, List<JudgedQuestion> questions) {
    private static final int DEPTH = 10;

    /**
     * A question.
     *
     * @param kind words, paraphrase or question
     * @param grades passage id to 1 or 2; all others are 0
     */
    record JudgedQuestion(String id, String kind, String text, Map<String, Integer> grades) {
        /**
         * Normalised discounted cumulative gain of the first ten, with gains 2^grade − 1 (Järvelin and Kekäläinen, TOIS 2002,
         * in the form of Burges and others, ICML 2005).
         */
        double ndcg(List<?> found) {
            double sum = 0;
            for (int rank = 0; rank < Math.min(DEPTH, found.size()); rank++) {
                sum += gain(grades.getOrDefault(String.valueOf(found.get(rank)), 0), rank);
            }
            List<Integer> best = grades.values().stream()
                    .sorted((a, b) -> b - a)
                    .limit(DEPTH)
                    .toList();
            double ideal = 0;
            for (int rank = 0; rank < best.size(); rank++) {
                ideal += gain(best.get(rank), rank);
            }
            return sum / ideal;
        }

        private static double gain(int grade, int rank) {
            return (Math.pow(2, grade) - 1) * Math.log(2) / Math.log(rank + 2.0);
        }
    }

    static JudgedSet read() throws IOException {
        Map<String, String> passages = new LinkedHashMap<>();
        lines("passages.tsv").forEach(fields -> passages.put(fields[0], fields[1]));
        List<JudgedQuestion> questions = lines("queries.tsv").stream()
                .map(fields -> {
                    Map<String, Integer> grades = new LinkedHashMap<>();
                    for (String judgement : fields[3].split(" ")) {
                        String[] parts = judgement.split("=");
                        grades.put(parts[0], Integer.valueOf(parts[1]));
                    }
                    return new JudgedQuestion(fields[0], fields[1], fields[2], grades);
                })
                .toList();
        return new JudgedSet(passages, questions);
    }

    private static List<String[]> lines(String name) throws IOException {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(JudgedSet.class.getResourceAsStream("judged/" + name), StandardCharsets.UTF_8))) {
            return in.lines().map(line -> line.split("\t")).toList();
        }
    }
}
