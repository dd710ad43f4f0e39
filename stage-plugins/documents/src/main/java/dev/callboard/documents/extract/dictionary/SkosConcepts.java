package dev.callboard.documents.extract.dictionary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The labels of SKOS concepts, collected by their addresses. The label of a concept is its preferred one in English, else the
 * first preferred one; all others, also those in other languages and hidden ones, are names to find it by.
 */
final class SkosConcepts {
    /** The namespace of SKOS. */
    static final String SKOS = "http://www.w3.org/2004/02/skos/core#";

    private static final String TYPE = "concept";

    private final Map<String, Labels> concepts = new LinkedHashMap<>();

    private static final class Labels {
        private String preferred = "";
        private boolean english;
        private final List<String> others = new ArrayList<>();
    }

    /**
     * Adds a label.
     *
     * @param property {@code prefLabel}, {@code altLabel} or {@code hiddenLabel}; others are ignored
     * @param lang a BCP 47 tag, possibly empty
     */
    void add(String concept, String property, String label, String lang) {
        if (!property.equals("prefLabel") && !property.equals("altLabel") && !property.equals("hiddenLabel")) {
            return;
        }
        Labels labels = concepts.computeIfAbsent(concept, id -> new Labels());
        boolean english = lang.toLowerCase(Locale.ROOT).matches("en(-.*)?");
        boolean better = labels.preferred.isEmpty() || (english && !labels.english);
        if (property.equals("prefLabel") && better) {
            if (!labels.preferred.isEmpty()) {
                labels.others.add(labels.preferred);
            }
            labels.preferred = label;
            labels.english = english;
        } else {
            labels.others.add(label);
        }
    }

    /** Adds all concepts to a dictionary. */
    void addTo(Entries entries) throws UnreadableDictionary {
        if (concepts.isEmpty()) {
            throw new UnreadableDictionary("has no concept with a skos:prefLabel, skos:altLabel or skos:hiddenLabel");
        }
        for (Map.Entry<String, Labels> concept : concepts.entrySet()) {
            List<String> names = new ArrayList<>();
            names.add(concept.getValue().preferred);
            names.addAll(concept.getValue().others);
            entries.add(concept.getKey(), names, TYPE);
        }
    }
}
