package dev.callboard.documents.extract;

import dev.callboard.documents.endpoint.ChatEndpoint;
import dev.callboard.documents.endpoint.ChatModel;
import dev.callboard.documents.endpoint.EndpointConfig;
import dev.callboard.documents.extract.dictionary.Dictionaries;
import dev.callboard.documents.extract.dictionary.DictionaryEntry;
import dev.callboard.documents.input.DocumentsBeside;
import dev.callboard.documents.input.FailedInputs;
import dev.callboard.documents.input.GivenChunks;
import dev.callboard.documents.input.GivenDocument;
import dev.callboard.documents.input.Settings;
import dev.callboard.spi.Plural;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Input: chunks, {@code [{id, doc_id, start, end, text, …}]}; the documents themselves are in the state, and are worked on where
 * they are there, one by one. Output: {@code {entities, claims}} ({@link ExtractOutput}), and beside them {@code failed: [{name,
 * error}]} when some documents could not be read.
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
 * What a model answered is kept at once ({@link KeptAnswers}): an attempt after one that ended early asks for the rest.
 *
 * <p>Failures, permanent: {@code no_document}, {@code invalid_document}, {@code invalid_chunks}, {@code invalid_settings},
 * {@code invalid_dictionary}, {@code dictionary_too_large}, {@code missing_blob}, {@code model_not_configured}; of a model's endpoint see the package
 * {@code endpoint}.
 */
public final class ExtractStage implements Stage {
    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        Settings given = new Settings(context.settings());
        ExtractSettings settings = ExtractSettings.from(given);
        List<GivenDocument> documents = DocumentsBeside.documents(context, input);
        List<GivenChunks> chunks = GivenChunks.find(context, input);
        if (documents.isEmpty() && chunks.isEmpty()) {
            throw StageFailure.permanent(
                    "no_document", "There is no document to work on: the stages parse and chunk must have run before.");
        }
        TermMatcher dictionary = dictionary(context, given, settings);
        Optional<EndpointConfig> endpoint =
                settings.methods().contains(Method.MODEL) ? Optional.of(endpoint(context)) : Optional.empty();
        try (ChatModel model =
                endpoint.map(config -> new ChatEndpoint(config, context)).orElse(null)) {
            Optional<ModelExtraction> asked =
                    model == null ? Optional.empty() : Optional.of(asked(context, settings, endpoint.get(), model));
            Extractor extractor = new Extractor(settings, dictionary, asked);
            ExtractWork work = new ExtractWork(
                    context,
                    settings,
                    extractor,
                    FailedInputs.before(input),
                    Math.max(documents.size(), chunks.size()));
            for (GivenDocument document : documents) {
                work.on(document.shownName(), () -> SourceDocument.of(document.read()));
            }
            for (GivenChunks each : chunks) {
                if (!work.isDone(each.docId())) {
                    work.on(each.docId(), () -> SourceDocument.ofChunks(each.docId(), each.read()));
                }
            }
            return work.output();
        }
    }

    private static EndpointConfig endpoint(StageContext context) throws StageFailure {
        return EndpointConfig.from(context.pluginSettings())
                .orElseThrow(() -> StageFailure.permanent(
                        "model_not_configured",
                        "The setting methods asks for a model, but none is configured: leave 'model' out, or let the server's"
                                + " operator set " + EndpointConfig.setting("model_url") + "."));
    }

    private static ModelExtraction asked(
            StageContext context, ExtractSettings settings, EndpointConfig endpoint, ChatModel model)
            throws IOException {
        KeptAnswers answers = new KeptAnswers(context, endpoint);
        if (answers.size() > 0) {
            context.log("Goes on with " + Plural.of(answers.size(), "answer")
                    + " of the model that an earlier attempt has got.");
        }
        return new ModelExtraction(model, answers, settings.maxModelCalls());
    }

    /** How many entities and claims an output of this stage has. */
    public static long count(Object output) {
        return ExtractOutput.countOf(output);
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
                            .forEach(name -> terms.add(new Term(name, entity, Method.DICTIONARY, Confidence.EXACT)));
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
}
