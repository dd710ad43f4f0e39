package dev.callboard.library;

import dev.callboard.library.LibraryMessages.Facet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts of values, added over several answers. */
final class Facets {
    private final Map<String, Map<String, Facet>> counted = new TreeMap<>();

    /** Takes what an answer counts: {@code {name: [{value, title?, count}]}} or {@code {name: {value: count}}}. */
    void add(@Nullable Object facets) {
        if (!(facets instanceof Map<?, ?> all)) {
            return;
        }
        all.forEach((name, values) -> {
            if (values instanceof List<?> list) {
                list.forEach(each -> {
                    if (each instanceof Map<?, ?> map) {
                        add(String.valueOf(name), map.get("value"), map.get("title"), map.get("count"));
                    }
                });
            } else if (values instanceof Map<?, ?> counts) {
                counts.forEach((value, count) -> add(String.valueOf(name), value, null, count));
            }
        });
    }

    private void add(String name, @Nullable Object value, @Nullable Object title, @Nullable Object count) {
        if (value instanceof String text && count instanceof Number number) {
            Facet facet = new Facet(text, title instanceof String named ? named : null, number.longValue());
            counted.computeIfAbsent(name, made -> new LinkedHashMap<>())
                    .merge(text, facet, (a, b) -> new Facet(text, a.title(), a.count() + b.count()));
        }
    }

    /** All so far, the most frequent first. */
    Map<String, List<Facet>> counts() {
        Map<String, List<Facet>> counts = new LinkedHashMap<>();
        counted.forEach((name, values) -> {
            List<Facet> sorted = new ArrayList<>(values.values());
            sorted.sort(Comparator.comparingLong(Facet::count).reversed().thenComparing(Facet::value));
            counts.put(name, sorted);
        });
        return counts;
    }
}
