package dev.callboard.documents.search;

import dev.callboard.documents.ir.CodePoints;
import dev.callboard.documents.search.SearchTerms.Clause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where in a chunk's text the terms of a question stand. */
final class Highlights {
    private static final int MOST = 100;

    private Highlights() {}

    private record Range(int start, int end) {}

    /**
     * Finds them.
     *
     * @return {@code [start, end]} in code points, in order and apart from each other, at most {@value #MOST}
     */
    static List<List<Integer>> in(String text, SearchTerms terms) {
        List<Token> tokens = Token.all(text);
        Map<String, List<Token>> byTerm = new HashMap<>();
        Map<Integer, List<Token>> byPosition = new HashMap<>();
        for (Token token : tokens) {
            byTerm.computeIfAbsent(token.term(), term -> new ArrayList<>()).add(token);
            byPosition
                    .computeIfAbsent(token.position(), at -> new ArrayList<>())
                    .add(token);
        }
        List<Range> found = new ArrayList<>();
        Stream.concat(terms.phrases().stream(), terms.words().stream()).forEach(clause -> {
            for (Token first : byTerm.getOrDefault(clause.terms().get(0), List.of())) {
                int end = endOf(clause, first, byPosition);
                if (end >= 0) {
                    found.add(new Range(first.start(), end));
                }
            }
        });
        found.sort(Comparator.comparingInt(Range::start).thenComparingInt(Range::end));
        CodePoints points = new CodePoints(text);
        return joined(found).stream()
                .limit(MOST)
                .map(range -> List.of(points.point(range.start()), points.point(range.end())))
                .toList();
    }

    /** Where a clause ends that begins with a token; -1 when not all of it follows. */
    private static int endOf(Clause clause, Token first, Map<Integer, List<Token>> byPosition) {
        int end = first.end();
        for (int i = 1; i < clause.terms().size(); i++) {
            String term = clause.terms().get(i);
            int at = first.position() + clause.positions().get(i);
            List<Token> same = byPosition.getOrDefault(at, List.of()).stream()
                    .filter(token -> token.term().equals(term))
                    .toList();
            if (same.isEmpty()) {
                return -1;
            }
            end = Math.max(end, same.get(0).end());
        }
        return end;
    }

    /** Those that touch each other, as pairs of characters do, become one. */
    private static List<Range> joined(List<Range> sorted) {
        List<Range> joined = new ArrayList<>();
        for (Range range : sorted) {
            Range last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && range.start() <= last.end()) {
                joined.set(joined.size() - 1, new Range(last.start(), Math.max(last.end(), range.end())));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }
}
