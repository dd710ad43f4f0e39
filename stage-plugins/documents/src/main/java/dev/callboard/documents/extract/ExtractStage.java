package dev.callboard.documents.extract;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.documents.extract.dictionary.Dictionaries;
import dev.callboard.documents.extract.dictionary.DictionaryEntry;
import dev.callboard.documents.input.FailedInputs;
import dev.callboard.documents.input.Settings;
import dev.callboard.spi.Library;
import dev.callboard.spi.Plural;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Input: chunks, {@code [{id, doc_id, start, end, text, …}]}; the documents themselves are in the state, and are worked on where
 * they are there. Output: {@code {entities, claims}}, and beside them {@code failed: [{name, error}]} when some documents could
 * not be read.
 *
 * <ul>
 *   <li>An entity: {@code {id, type, label, doc_id, places: [{start, end, text, method, confidence}], facts}}, one for each thing
 *       and document. Offsets are code points into the document's text, or -1 where a field and not the text has it. Its fact
 *       {@code mentions} counts all places in the text. Each document is an entity itself, {@code document:<doc_id>}.
 *   <li>A claim: {@code {id, subject, predicate, object, doc_id, start, end, quote, method, confidence}}; subject and object are
 *       ids of entities.
 * </ul>
 *
 * <p>Settings: see {@link ExtractSettings} and {@link Dictionaries}. Of each document the library gets the part {@code entities}.
 *
 * <p>Failures, permanent: {@code no_document}, {@code invalid_document}, {@code invalid_settings}, {@code invalid_dictionary},
 * {@code dictionary_too_large}, {@code missing_blob}.
 */
public final class ExtractStage implements Stage {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        Settings given = new Settings(context.settings());
        ExtractSettings settings = ExtractSettings.from(given);
        FailedInputs failed = FailedInputs.before(input);
        List<SourceDocument> documents = SourceDocuments.find(context, input, failed);
        Extractor extractor = new Extractor(settings, dictionary(context, given, settings));
        List<Map<String, Object>> entities = new ArrayList<>();
        List<Map<String, Object>> claims = new ArrayList<>();
        int done = 0;
        for (SourceDocument document : documents) {
            context.progress(done++, documents.size(), Plural.of(entities.size(), "entity", "entities"));
            Findings.Result result = extractor.extract(document, context::cancelled);
            entities.addAll(result.entities());
            claims.addAll(result.claims());
            keep(context, document, result);
            context.log(Summary.of(document, settings, result));
        }
        context.progress(done, documents.size(), Plural.of(entities.size(), "entity", "entities"));
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("entities", entities);
        output.put("claims", claims);
        if (!failed.isEmpty()) {
            output.put("failed", failed.toList());
        }
        return output;
    }

    private static TermMatcher dictionary(StageContext context, Settings given, ExtractSettings settings)
            throws StageFailure, IOException, InterruptedException {
        List<Term> terms = new ArrayList<>();
        if (settings.methods().contains(Method.DICTIONARY)) {
            for (DictionaryEntry entry : Dictionaries.load(context, given)) {
                EntityRef entity = entity(entry);
                if (entity != null) {
                    terms.add(new Term(entry.label(), entity, Method.DICTIONARY, Confidence.EXACT));
                    entry.synonyms()
                            .forEach(name ->
                                    terms.add(new Term(name, entity, Method.DICTIONARY, Confidence.EXACT)));
                }
            }
        }
        TermMatcher matcher = new TermMatcher(terms);
        if (matcher.ambiguous() > 0) {
            context.log(Plural.of(matcher.ambiguous(), "name")
                    + " of the dictionaries stand for several things: the first counts.");
        }
        if (matcher.unusable() > 0) {
            context.log(Plural.of(matcher.unusable(), "name")
                    + " of the dictionaries are not looked for: a single letter, or no letter at all.");
        }
        return matcher;
    }

    private static EntityRef entity(DictionaryEntry entry) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("dictionary", entry.dictionary());
        if (entry.id().isBlank()) {
            return EntityRef.named(entry.type(), entry.label())
                    .map(named -> new EntityRef(named.id(), named.type(), named.label(), facts))
                    .orElse(null);
        }
        facts.put("identifier", entry.id());
        return EntityRef.identified(entry.type(), entry.id(), entry.label(), facts);
    }

    private static void keep(StageContext context, SourceDocument document, Findings.Result result)
            throws IOException {
        Map<String, Object> rest = new LinkedHashMap<>();
        rest.put("entities", result.entities());
        rest.put("claims", result.claims());
        String blob = context.blobs().put(new ByteArrayInputStream(MAPPER.writeValueAsBytes(rest)));
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("entities", result.entities().size());
        facts.put("claims", result.claims().size());
        context.library().put(new Library.Part(document.docId(), "entities", facts, blob));
    }
}
