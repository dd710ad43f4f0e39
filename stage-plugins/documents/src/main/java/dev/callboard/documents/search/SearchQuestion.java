package dev.callboard.documents.search;

import dev.callboard.documents.search.Ranking.Found;
import dev.callboard.documents.search.Ranking.Hit;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.StoredFields;

/**
 * The question {@code search}: {@code {q, mode: hybrid|text|vector, from, limit, facets?: {name: [value]}, vector?, model?,
 * model_sha256?}}, see {@link Question}; the vector is that of {@code q}, base64 of little-endian float32. Answer: {@code {items: [{doc_id, title,
 * chunk_id, section, section_title, start, end, text, highlights: [[start, end]], score, media_type, lang, section_name}], total,
 * nearest, counts_exact, facets, warnings: [..]}}.
 *
 * <p>{@code q} is read by {@link SearchTerms}. {@code highlights} are code points of {@code text}. {@code score} is BM25's, the
 * cosine, or the sum of weighted reciprocal ranks: it orders the items of one answer and means nothing beside another. {@code
 * total} and {@code facets} ({@link Facets}) count all chunks with one of the words, or all with the phrases, and the {@value
 * Ranking#NEAREST} nearest vectors, of what the filter lets through ({@link FacetFilter}); the first {@value Question#MAX_DEPTH}
 * can be seen. {@code nearest} of them are there for their vectors alone, however far these are; {@code counts_exact} is false
 * when there may be more of these, so that a filter by a value of a facet finds as many as are counted of it or more. Words without
 * a letter or digit find nothing. {@code warnings} are sentences: what was not done as asked.
 *
 * <p>Failures: {@code invalid_question} and {@code no_folder} are permanent; {@code index_rebuilding}, {@code index_busy} and
 * {@code index_unusable} may pass.
 */
public final class SearchQuestion implements Stage {
    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        Question question = Question.of(input);
        Optional<Path> folder = context.folder();
        if (folder.isEmpty()) {
            throw StageFailure.permanent("no_folder", "There is no folder for an index here: search in a project.");
        }
        Path place = IndexPlace.in(folder.get());
        try {
            return answer(context, place, question);
        } catch (IOException e) {
            throw IndexFailure.shown(e);
        }
    }

    /** Reads the index once more, from its files, when it turns out to be damaged while it is open. */
    private static Object answer(StageContext context, Path place, Question question)
            throws IOException, StageFailure, InterruptedException {
        try {
            return answerOnce(context, place, question);
        } catch (IndexFailure e) {
            Interruption.rethrow(e);
            OpenIndexes.forget(place);
            return answerOnce(context, place, question);
        }
    }

    private static Object answerOnce(StageContext context, Path place, Question question)
            throws IOException, StageFailure, InterruptedException {
        Optional<OpenIndex> open = new CurrentIndex(context, place).hold();
        if (open.isEmpty()) {
            List<String> warnings = List.of("Nothing is indexed in this project yet.");
            return answer(List.of(), Optional.empty(), Map.of(), warnings);
        }
        try {
            return answer(open.get(), question);
        } catch (IOException | RuntimeException e) {
            throw new IndexFailure(e);
        } finally {
            open.get().release();
        }
    }

    private static Object answer(OpenIndex index, Question question) throws IOException {
        List<String> warnings = new ArrayList<>(SearchWarnings.ofIndex(index.compared()));
        SearchTerms terms = SearchTerms.of(question.words());
        Optional<VectorModel> model = SearchWarnings.model(question, index, warnings);
        warnings.addAll(SearchWarnings.ofTerms(question, terms));
        Ranking ranking =
                new Ranking(index.searcher(), index.compared().difference().hidden(), question.filter());
        Found found = found(question, terms, model, ranking);
        List<Object> items = new ArrayList<>();
        StoredFields stored = index.searcher().storedFields();
        for (Hit hit : found.hits().stream()
                .skip(question.from())
                .limit(question.limit())
                .toList()) {
            Map<String, Object> item =
                    item(stored.document(hit.entry()), hit, index.records().get(hit.docId()), terms);
            for (String field : Facets.FIELDS.values()) {
                item.put(
                        field,
                        Facets.value(index.searcher().getIndexReader(), hit.entry(), field)
                                .orElse(null));
            }
            items.add(item);
        }
        Map<String, Object> facets = Facets.of(index.searcher().getIndexReader(), found.all(), index.records());
        return answer(items, Optional.of(found), facets, warnings);
    }

    private static Found found(Question question, SearchTerms terms, Optional<VectorModel> model, Ranking ranking)
            throws IOException {
        if (terms.isEmpty() && !question.words().isEmpty()) {
            // Every vector is near or far from signs that mean nothing.
            return ranking.nothing();
        }
        if (model.isEmpty()) {
            return ranking.byWords(terms);
        }
        Found near = ranking.byVector(model.get(), question.vector().orElseThrow(), terms);
        return question.mode() == Question.Mode.VECTOR ? near : ranking.fused(terms, ranking.byWords(terms), near);
    }

    private static Map<String, Object> answer(
            List<Object> items, Optional<Found> found, Map<String, Object> facets, List<String> warnings) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("items", items);
        answer.put("total", found.map(Found::total).orElse(0));
        answer.put("nearest", found.map(Found::nearest).orElse(0));
        answer.put("counts_exact", found.map(Found::isExact).orElse(true));
        answer.put("facets", facets);
        answer.put("warnings", warnings);
        return answer;
    }

    private static Map<String, Object> item(Document entry, Hit hit, IndexRecord record, SearchTerms terms) {
        String text = entry.get(IndexSchema.TEXT);
        String section = entry.get(IndexSchema.SECTION);
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("doc_id", hit.docId());
        item.put("title", record.title());
        item.put("chunk_id", hit.chunkId());
        item.put("section", section.isEmpty() ? null : section);
        item.put("section_title", entry.get(IndexSchema.SECTION_TITLE));
        item.put("start", entry.getField(IndexSchema.START).numericValue());
        item.put("end", entry.getField(IndexSchema.END).numericValue());
        item.put("text", text);
        item.put("highlights", Highlights.in(text, terms));
        item.put("score", hit.score());
        return item;
    }
}
