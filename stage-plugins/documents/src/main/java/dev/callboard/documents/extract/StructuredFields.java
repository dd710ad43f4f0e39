package dev.callboard.documents.extract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a document's source says in fields of its own: people, places and keywords of articles, conditions, interventions and
 * sponsors of trials, identifiers, and the cited works that have one. Each becomes an entity, and a claim whose subject is the
 * document. What a file's description or a page's head says is a little less sure than an archive's or a register's record.
 */
final class StructuredFields {
    private static final int LONGEST_QUOTE = 1_000;

    /**
     * A field whose values are names.
     *
     * @param key in the document's meta
     * @param type of the entities
     * @param predicate of the claims
     * @param isTerm whether the text may use the name for the same thing
     */
    private record Field(String key, String type, String predicate, boolean isTerm) {}

    private static final List<Field> FIELDS = List.of(
            new Field("authors", "person", "authored_by", false),
            new Field("editors", "person", "contributed_by", false),
            new Field("affiliations", "affiliation", "has_affiliation", false),
            new Field("journal", "journal", "published_in", false),
            new Field("keywords", "keyword", "has_keyword", true),
            new Field("subjects", "subject", "has_subject", false),
            new Field("funders", "organisation", "funded_by", false),
            new Field("awards", "award", "has_award", false),
            new Field("conditions", "condition", "has_condition", true),
            new Field("interventions", "intervention", "has_intervention", true),
            new Field("phases", "phase", "has_phase", false),
            new Field("sponsor", "organisation", "sponsored_by", true),
            new Field("collaborators", "organisation", "has_collaborator", true));

    /** Facts of a trial that are values and not things. */
    private static final List<String> TRIAL_FACTS = List.of(
            "status",
            "study_type",
            "phases",
            "enrollment",
            "sex",
            "minimum_age",
            "maximum_age",
            "start_date",
            "completion_date",
            "acronym");

    /** Formats whose fields were filled in by an archive or a register. */
    private static final Set<String> RECORDS = Set.of("application/jats+xml", "application/xml", "application/json");

    private final SourceDocument document;
    private final Findings findings;
    private final Confidence confidence;
    private final List<EntityRef> terms = new ArrayList<>();

    StructuredFields(SourceDocument document, Findings findings) {
        this.document = document;
        this.findings = findings;
        this.confidence = RECORDS.contains(document.mediaType()) ? Confidence.EXACT : Confidence.HIGH;
    }

    /** Reads all fields. */
    void read() {
        identifiers();
        FIELDS.forEach(this::field);
        document.refs().forEach(this::cited);
    }

    /** The entities whose names may stand in the text: keywords, conditions, interventions, organisations. */
    List<EntityRef> terms() {
        return terms;
    }

    private void identifiers() {
        Map<?, ?> meta = document.meta();
        Identifiers.doi(string(meta, "doi"), document.title()).ifPresent(this::identifiedBy);
        Identifiers.pmid(string(meta, "pmid"), document.title()).ifPresent(this::identifiedBy);
        Identifiers.pmcid(string(meta, "pmcid"), document.title()).ifPresent(this::identifiedBy);
        Map<String, Object> facts = new LinkedHashMap<>();
        for (String key : TRIAL_FACTS) {
            if (meta.get(key) != null) {
                facts.put(key, meta.get(key));
            }
        }
        Identifiers.trial(string(meta, "nct_id"), document.title(), facts).ifPresent(this::identifiedBy);
    }

    private void identifiedBy(EntityRef entity) {
        say(entity, "identified_by", entity.id().substring(entity.type().length() + 1));
    }

    private void field(Field field) {
        for (String value : strings(document.meta().get(field.key()))) {
            EntityRef.named(field.type(), value).ifPresent(entity -> {
                say(entity, field.predicate(), value);
                if (field.isTerm()) {
                    terms.add(entity);
                }
            });
        }
    }

    /** One work is one entity, by its DOI where it has one; its other number is the same as that. */
    private void cited(Object element) {
        if (!(element instanceof Map<?, ?> reference)) {
            return;
        }
        String text = string(reference, "text");
        String title = string(reference, "title");
        Optional<EntityRef> doi = Identifiers.doi(string(reference, "doi"), title.isEmpty() ? text : title);
        Optional<EntityRef> pmid = Identifiers.pmid(string(reference, "pmid"), title.isEmpty() ? text : title);
        String quote = EntityIds.atMost(text, LONGEST_QUOTE);
        doi.or(() -> pmid).ifPresent(work -> say(work, "cites", quote));
        if (doi.isPresent() && pmid.isPresent()) {
            Place place = Place.field(quote, confidence);
            findings.add(pmid.get(), place);
            findings.add(new Claim(
                    document.docId(), doi.get().id(), "same_as", pmid.get().id(), place));
        }
    }

    private void say(EntityRef entity, String predicate, String quote) {
        Place place = Place.field(quote, confidence);
        findings.add(entity, place);
        findings.add(
                new Claim(document.docId(), EntityRef.documentId(document.docId()), predicate, entity.id(), place));
    }

    private static String string(Map<?, ?> map, String key) {
        return map.get(key) instanceof String value ? value : "";
    }

    private static List<String> strings(Object value) {
        if (value instanceof String one) {
            return List.of(one);
        }
        return value instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }
}
