package dev.callboard.documents.extract;

import dev.callboard.documents.chunk.Sentences;
import dev.callboard.documents.chunk.Sentences.Sentence;
import dev.callboard.documents.ir.CodePoints;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pairs of entities in one sentence. They are mentioned together, and nothing more is said of them: a claim's subject is the one
 * whose id comes first, its quote the first sentence that has both. Values such as dates are in no pair, nor are tables.
 */
final class CoOccurrence {
    private static final String MENTIONED_WITH = "mentioned_with";

    /** A longer sentence is a list or none at all, in UTF-16 units. */
    private static final int LONGEST_SENTENCE = 2_000;

    /** More entities in one sentence are a list: each would be paired with each. */
    private static final int MOST_IN_SENTENCE = 30;

    /** Pairs that are counted, of which the most frequent remain. */
    private static final int MOST_COUNTED = 100_000;

    private final SourceDocument document;
    private final Set<String> unpairedTypes;
    private final Map<Pair, Counted> pairs = new LinkedHashMap<>();
    private Sentences sentences;
    private long leftOut;

    private record Pair(String first, String second) {
        static Pair of(String one, String other) {
            return one.compareTo(other) < 0 ? new Pair(one, other) : new Pair(other, one);
        }
    }

    private static final class Counted {
        private final Place place;
        private int sentences;

        private Counted(Place place) {
            this.place = place;
        }
    }

    /** @param unpairedTypes types of entities that are in no pair */
    CoOccurrence(SourceDocument document, Set<String> unpairedTypes) {
        this.document = document;
        this.unpairedTypes = unpairedTypes;
    }

    /**
     * Counts the pairs of a passage.
     *
     * @param points of the passage's text
     * @param hits of all methods, those that count first of several with one place
     * @param covered code point offset in the document before which an earlier passage has been counted
     */
    void count(Passage passage, CodePoints points, List<Hit> hits, int covered) {
        List<Hit> pairable = hits.stream()
                .filter(hit -> !unpairedTypes.contains(hit.entity().type()))
                .toList();
        if (!passage.isProse() || entities(pairable).size() < 2) {
            return;
        }
        if (sentences == null) {
            sentences = new Sentences(document.lang());
        }
        List<Hit> inOrder = Hit.longest(pairable);
        int next = 0;
        for (Sentence sentence : sentences.of(passage.text())) {
            while (next < inOrder.size() && inOrder.get(next).start() < sentence.start()) {
                next++;
            }
            int first = next;
            while (next < inOrder.size() && inOrder.get(next).end() <= sentence.end()) {
                next++;
            }
            int end = passage.start() + points.point(sentence.end());
            if (end > covered) {
                count(passage, points, sentence, entities(inOrder.subList(first, next)));
            }
        }
    }

    private static List<String> entities(List<Hit> hits) {
        return hits.stream().map(hit -> hit.entity().id()).distinct().toList();
    }

    private void count(Passage passage, CodePoints points, Sentence sentence, List<String> ids) {
        if (ids.size() < 2) {
            return;
        }
        if (ids.size() > MOST_IN_SENTENCE || sentence.end() - sentence.start() > LONGEST_SENTENCE) {
            leftOut += (long) ids.size() * (ids.size() - 1) / 2;
            return;
        }
        Place place = passage.place(points, sentence.start(), sentence.end(), Method.CO_OCCURRENCE, Confidence.LOW);
        for (int i = 0; i < ids.size(); i++) {
            for (int j = i + 1; j < ids.size(); j++) {
                Pair pair = Pair.of(ids.get(i), ids.get(j));
                if (pairs.size() < MOST_COUNTED || pairs.containsKey(pair)) {
                    pairs.computeIfAbsent(pair, key -> new Counted(place)).sentences++;
                } else {
                    leftOut++;
                }
            }
        }
    }

    /** Adds the most frequent pairs as claims, of equally frequent ones those that come first. */
    void addTo(Findings findings, int maxPairs) {
        pairs.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue().sentences))
                .limit(maxPairs)
                .forEach(entry -> findings.add(new Claim(
                        document.docId(),
                        entry.getKey().first(),
                        MENTIONED_WITH,
                        entry.getKey().second(),
                        entry.getValue().place)));
        findings.leaveOutPairs(leftOut + Math.max(0, pairs.size() - maxPairs));
    }
}
