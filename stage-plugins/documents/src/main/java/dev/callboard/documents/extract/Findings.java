package dev.callboard.documents.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was found in one document, within limits. Of more entities than {@code maxEntities} those remain that stand in a field,
 * then those that the text mentions most often; claims about others are dropped with them.
 */
final class Findings {
    /** How many times as many entities as remain are counted, so that frequent ones that come late have their chance. */
    private static final int CANDIDATES = 10;

    private final String docId;
    private final int maxEntities;
    private final int maxPlaces;
    private final Map<String, Found> entities = new LinkedHashMap<>();
    private final Map<String, Claim> claims = new LinkedHashMap<>();
    private final LeftOut leftOut = new LeftOut();
    private final List<String> notes = new ArrayList<>();

    /** What the limits left out. */
    static final class LeftOut {
        private long entities;
        private long places;
        private long pairs;

        long entities() {
            return entities;
        }

        long places() {
            return places;
        }

        long pairs() {
            return pairs;
        }
    }

    private static final class Found {
        private final EntityRef entity;
        /** By where they are: two methods that find the same there are one place. */
        private final Map<Long, Place> places = new LinkedHashMap<>();

        private long mentions;
        private boolean inField;

        private Found(EntityRef entity) {
            this.entity = entity;
        }
    }

    /**
     * None yet but the document itself, which is an entity of its own.
     *
     * @param maxPlaces of one entity
     */
    Findings(SourceDocument document, int maxEntities, int maxPlaces) {
        this.docId = document.docId();
        this.maxEntities = maxEntities;
        this.maxPlaces = maxPlaces;
        Map<String, Object> facts = new LinkedHashMap<>();
        if (!document.mediaType().isEmpty()) {
            facts.put("media_type", document.mediaType());
        }
        Found itself = new Found(EntityRef.document(docId, document.title(), facts));
        itself.inField = true;
        entities.put(itself.entity.id(), itself);
    }

    /** Adds a place of an entity. */
    void add(EntityRef entity, Place place) {
        Found found = entities.get(entity.id());
        if (found == null) {
            if (entities.size() > (long) CANDIDATES * maxEntities) {
                leftOut.entities++;
                return;
            }
            found = new Found(entity);
            entities.put(entity.id(), found);
        }
        long span = (long) place.start() << Integer.SIZE | place.end() & 0xFFFFFFFFL;
        if (found.places.containsKey(span)) {
            return;
        }
        if (place.isInText()) {
            found.mentions++;
        } else {
            found.inField = true;
        }
        if (found.places.size() < maxPlaces) {
            found.places.put(span, place);
        } else {
            leftOut.places++;
        }
    }

    /** Adds a claim; of several that say the same of the same the first remains. */
    void add(Claim claim) {
        claims.putIfAbsent(claim.id(), claim);
    }

    /** Says how many pairs of entities in one sentence were left out. */
    void leaveOutPairs(long pairs) {
        leftOut.pairs += pairs;
    }

    /** Adds a sentence for the log. */
    void note(String sentence) {
        notes.add(sentence);
    }

    /** What is in, and what the limits left out. */
    Result result() {
        List<Found> chosen = new ArrayList<>(entities.values());
        if (chosen.size() > maxEntities) {
            leftOut.entities += chosen.size() - maxEntities;
            // The sort is stable: of equals those remain that came first.
            chosen.sort(Comparator.comparing((Found found) -> !found.inField)
                    .thenComparing(found -> found.mentions, Comparator.reverseOrder()));
            chosen = chosen.subList(0, maxEntities);
        }
        Set<String> ids = new HashSet<>();
        List<Map<String, Object>> entityMaps = new ArrayList<>();
        for (Found found : chosen) {
            ids.add(found.entity.id());
            entityMaps.add(toMap(found));
        }
        List<Map<String, Object>> claimMaps = claims.values().stream()
                .filter(claim -> ids.contains(claim.subject()) && ids.contains(claim.object()))
                .map(Claim::toMap)
                .toList();
        return new Result(entityMaps, claimMaps, leftOut, notes);
    }

    /**
     * All that is known of one document.
     *
     * @param entities as maps, the document itself first
     * @param claims as maps
     * @param notes sentences for the log
     */
    record Result(
            List<Map<String, Object>> entities,
            List<Map<String, Object>> claims,
            LeftOut leftOut,
            List<String> notes) {}

    private Map<String, Object> toMap(Found found) {
        Map<String, Object> facts = new LinkedHashMap<>(found.entity.facts());
        if (found.mentions > 0) {
            facts.put("mentions", found.mentions);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", found.entity.id());
        map.put("type", found.entity.type());
        map.put("label", found.entity.label());
        map.put("doc_id", docId);
        map.put("places", found.places.values().stream().map(Place::toMap).toList());
        map.put("facts", facts);
        return map;
    }
}
