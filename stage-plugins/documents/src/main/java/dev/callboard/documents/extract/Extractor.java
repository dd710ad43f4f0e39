package dev.callboard.documents.extract;

import dev.callboard.documents.extract.Abbreviations.Pair;
import dev.callboard.documents.ir.CodePoints;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Runs the chosen methods on a document: first what it says of itself, then a walk through its text with all names at once. */
final class Extractor {
    private static final String STANDS_FOR = "stands_for";

    private final ExtractSettings settings;
    private final TermMatcher dictionary;
    private final TextPatterns patterns;
    private final Optional<ModelExtraction> model;

    /**
     * An extractor for the documents of one execution.
     *
     * @param dictionary the names of all dictionaries; without any where these are not to be used
     * @param model empty where none is to be asked
     */
    Extractor(ExtractSettings settings, TermMatcher dictionary, Optional<ModelExtraction> model) {
        this.model = model;
        this.settings = settings;
        this.dictionary = dictionary;
        this.patterns = new TextPatterns(settings.patterns());
    }

    /**
     * All that is found in a document; the same in every run.
     *
     * @param cancelled asked for each passage
     * @throws InterruptedException when it was cancelled
     */
    Findings.Result extract(SourceDocument document, BooleanSupplier cancelled)
            throws StageFailure, IOException, InterruptedException {
        Findings findings = new Findings(document, settings.maxEntities(), settings.maxPlaces());
        List<Term> own = new ArrayList<>();
        Map<String, EntityRef> meanings = new HashMap<>();
        if (uses(Method.STRUCTURED)) {
            StructuredFields fields = new StructuredFields(document, findings);
            fields.read();
            if (uses(Method.FIELD_TERM)) {
                fields.terms()
                        .forEach(entity ->
                                own.add(new Term(entity.label(), entity, Method.FIELD_TERM, Confidence.HIGH)));
            }
        }
        if (uses(Method.ABBREVIATION)) {
            abbreviations(document, findings, own, meanings, cancelled);
        }
        TermMatcher ownTerms = new TermMatcher(own);
        CoOccurrence together = new CoOccurrence(document, settings.unpairedTypes());
        int covered = 0;
        for (Passage passage : document.passages()) {
            checkCancelled(cancelled);
            CodePoints points = new CodePoints(passage.text());
            List<Hit> hits = hits(passage.text(), ownTerms);
            List<Hit> meant = new ArrayList<>();
            for (Hit hit : hits) {
                EntityRef meaning = meanings.getOrDefault(hit.entity().id(), hit.entity());
                meant.add(new Hit(hit.start(), hit.end(), meaning, hit.method(), hit.confidence()));
                Place place = passage.place(points, hit.start(), hit.end(), hit.method(), hit.confidence());
                if (place.end() > covered) {
                    findings.add(hit.entity(), place);
                    // A document that explains an abbreviation speaks of the thing itself wherever it uses it.
                    if (!meaning.equals(hit.entity())) {
                        findings.add(meaning, place);
                    }
                }
            }
            if (uses(Method.CO_OCCURRENCE)) {
                together.count(passage, points, meant, covered);
            }
            covered = Math.max(covered, passage.start() + points.length());
        }
        together.addTo(findings, settings.maxPairs());
        if (model.isPresent()) {
            model.get().extract(document, dictionary, findings, cancelled);
        }
        return findings.result();
    }

    private boolean uses(Method method) {
        return settings.methods().contains(method);
    }

    /** Of all methods, in the order in which they count where several find the same. */
    private List<Hit> hits(String text, TermMatcher ownTerms) {
        return Stream.of(
                        dictionary.find(text),
                        uses(Method.PATTERN) ? patterns.find(text) : List.<Hit>of(),
                        ownTerms.find(text))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Finds what the text explains, so that it is known wherever it stands, also before.
     *
     * @param own takes the names to look for
     * @param meanings takes what each abbreviation stands for first, by the abbreviation's id
     */
    private void abbreviations(
            SourceDocument document,
            Findings findings,
            List<Term> own,
            Map<String, EntityRef> meanings,
            BooleanSupplier cancelled)
            throws InterruptedException {
        Map<String, EntityRef> known = new LinkedHashMap<>();
        own.forEach(term -> known.putIfAbsent(EntityIds.normalised(term.name()), term.entity()));
        for (Passage passage : document.passages()) {
            checkCancelled(cancelled);
            List<Pair> pairs = Abbreviations.find(passage.text());
            CodePoints points = pairs.isEmpty() ? null : new CodePoints(passage.text());
            for (Pair pair : pairs) {
                String shortForm = passage.text().substring(pair.shortStart(), pair.shortEnd());
                String longForm = passage.text().substring(pair.longStart(), pair.longEnd());
                Optional<EntityRef> meaning = meaning(longForm, known);
                if (meaning.isPresent() && settings.isRoomFor(own.size())) {
                    EntityRef entity = meaning.get();
                    EntityRef abbreviation = EntityRef.identified("abbreviation", shortForm, shortForm, Map.of());
                    own.add(new Term(shortForm, abbreviation, Method.ABBREVIATION, Confidence.HIGH));
                    meanings.putIfAbsent(abbreviation.id(), entity);
                    if (known.putIfAbsent(EntityIds.normalised(longForm), entity) == null) {
                        own.add(new Term(longForm, entity, Method.ABBREVIATION, Confidence.HIGH));
                    }
                    findings.add(abbreviation, at(passage, points, pair.shortStart(), pair.shortEnd()));
                    findings.add(entity, at(passage, points, pair.longStart(), pair.longEnd()));
                    findings.add(new Claim(
                            document.docId(),
                            abbreviation.id(),
                            STANDS_FOR,
                            entity.id(),
                            at(passage, points, pair.from(), pair.to())));
                }
            }
        }
    }

    private static Place at(Passage passage, CodePoints points, int start, int end) {
        return passage.place(points, start, end, Method.ABBREVIATION, Confidence.HIGH);
    }

    /** What a long form is: an entity of the dictionaries or of the document's fields where it is one, else a term of its own. */
    private Optional<EntityRef> meaning(String longForm, Map<String, EntityRef> known) {
        for (Hit hit : dictionary.find(longForm)) {
            if (hit.start() == 0 && hit.end() == longForm.length()) {
                return Optional.of(hit.entity());
            }
        }
        EntityRef field = known.get(EntityIds.normalised(longForm));
        return field == null ? EntityRef.named("term", longForm) : Optional.of(field);
    }

    private static void checkCancelled(BooleanSupplier cancelled) throws InterruptedException {
        if (cancelled.getAsBoolean()) {
            throw new InterruptedException("cancelled");
        }
    }
}
