package dev.callboard.documents.search;

import dev.callboard.spi.StageFailure;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Which of what was found is wanted, by the counts of an answer ({@link Facets}): one of the values of each facet that is named.
 *
 * @param values the facet's name to the values, at least one
 */
record FacetFilter(Map<String, List<String>> values) {
    /** Everything. */
    static final FacetFilter NONE = new FacetFilter(Map.of());

    private static final int MOST = 20;

    FacetFilter {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * Reads {@code {media_types: ["application/pdf"], ...}}.
     *
     * @throws StageFailure {@code invalid_question}, with what is wrong
     */
    static FacetFilter of(Object input) throws StageFailure {
        if (input == null) {
            return NONE;
        }
        if (!(input instanceof Map<?, ?> map)) {
            throw Question.invalid("facets must be an object with a list of values for each facet");
        }
        Map<String, List<String>> values = new TreeMap<>();
        for (Map.Entry<?, ?> facet : map.entrySet()) {
            String name = String.valueOf(facet.getKey());
            if (!Facets.FIELDS.containsKey(name)) {
                throw Question.invalid(
                        "There is no facet '" + name + "': known are " + String.join(", ", Facets.FIELDS.keySet()));
            }
            values.put(name, texts(name, facet.getValue()));
        }
        return new FacetFilter(values);
    }

    private static List<String> texts(String name, Object value) throws StageFailure {
        List<?> list = value instanceof List<?> given ? given : List.of();
        if (list.isEmpty() || list.size() > MOST || !list.stream().allMatch(String.class::isInstance)) {
            throw Question.invalid("facets." + name + " must be a list of 1 to " + MOST + " texts");
        }
        return list.stream().map(String.class::cast).toList();
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Adds its conditions; they move no score. */
    void addTo(BooleanQuery.Builder query) {
        values.forEach((name, wanted) -> query.add(has(Facets.FIELDS.get(name), wanted), Occur.FILTER));
    }

    private static Query has(String field, List<String> values) {
        return new TermInSetQuery(field, values.stream().map(BytesRef::new).toList());
    }
}
