package dev.callboard.documents.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MultiCollectorManager;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/** Finds the entries that answer a question, the best first. What is equally good goes by the chunk's id, then the document's. */
final class Ranking {
    /** The nearest vectors that are looked at: those beyond have little to do with a question. */
    static final int NEAREST = 100;

    /**
     * The constant of reciprocal rank fusion: an entry at the ranks r of some lists has the sum of 1 / (60 + r). From Cormack,
     * Clarke and Büttcher, Reciprocal rank fusion outperforms Condorcet and individual rank learning methods, SIGIR 2009.
     */
    static final int FUSION = 60;

    /** How much more than one by a vector a rank by words counts of an entry that has all the words; with half of them, 1/8 of it. */
    private static final double ALL_WORDS = 2;

    private static final Sort BEST_FIRST = new Sort(
            SortField.FIELD_SCORE,
            new SortField(IndexSchema.CHUNK_ID, SortField.Type.STRING),
            new SortField(IndexSchema.DOC_ID, SortField.Type.STRING));

    private static final Comparator<Hit> HITS = Comparator.comparingDouble(Hit::score)
            .reversed()
            .thenComparing(Hit::chunkId)
            .thenComparing(Hit::docId);

    private final IndexSearcher searcher;
    private final Optional<Query> hidden;
    private final FacetFilter filter;

    /**
     * One for each question.
     *
     * @param hidden documents that are not found
     * @param filter what is found at all
     */
    Ranking(IndexSearcher searcher, Set<String> hidden, FacetFilter filter) {
        this.searcher = searcher;
        this.filter = filter;
        this.hidden = hidden.isEmpty()
                ? Optional.empty()
                : Optional.of(new TermInSetQuery(
                        IndexSchema.DOC_ID, hidden.stream().map(BytesRef::new).toList()));
    }

    private Query visible(Query query) {
        if (hidden.isEmpty() && filter.isEmpty()) {
            return query;
        }
        BooleanQuery.Builder visible = new BooleanQuery.Builder().add(query, Occur.MUST);
        hidden.ifPresent(documents -> visible.add(documents, Occur.MUST_NOT));
        filter.addTo(visible);
        return visible.build();
    }

    /** An entry that was found. */
    record Hit(int entry, double score, String chunkId, String docId) {}

    /**
     * What was found.
     *
     * @param hits the best, the first {@link Question#MAX_DEPTH} at most
     * @param all every entry that was found
     * @param nearest how many of them are there for their vectors alone
     * @param isExact false when there are entries beyond the {@value #NEAREST} nearest: of a value of a facet at least as many are
     *     found with a filter as are counted without it, for that looks for the nearest that have the value
     */
    record Found(List<Hit> hits, FixedBitSet all, int nearest, boolean isExact) {
        int total() {
            return all.cardinality();
        }
    }

    /** Nothing. */
    Found nothing() {
        return new Found(List.of(), none(), 0, true);
    }

    private FixedBitSet none() {
        return new FixedBitSet(searcher.getIndexReader().maxDoc());
    }

    /** By BM25. */
    Found byWords(SearchTerms terms) throws IOException {
        if (terms.isEmpty()) {
            return nothing();
        }
        Object[] collected = searcher.search(
                visible(WordQuery.of(terms)),
                new MultiCollectorManager(
                        new TopFieldCollectorManager(BEST_FIRST, Question.MAX_DEPTH, Integer.MAX_VALUE),
                        new Entries()));
        List<Hit> hits = new ArrayList<>();
        for (ScoreDoc best : ((TopFieldDocs) collected[0]).scoreDocs) {
            Object[] keys = ((FieldDoc) best).fields;
            hits.add(new Hit(
                    best.doc,
                    ((Number) keys[0]).doubleValue(),
                    ((BytesRef) keys[1]).utf8ToString(),
                    ((BytesRef) keys[2]).utf8ToString()));
        }
        return new Found(hits, (FixedBitSet) collected[1], 0, true);
    }

    /** By the cosine of the angle to a vector of length 1: at most {@value #NEAREST}, of those that have all phrases. */
    Found byVector(VectorModel model, float[] vector, SearchTerms terms) throws IOException {
        boolean any = hidden.isEmpty() && filter.isEmpty() && terms.phrases().isEmpty();
        Query wanted = any ? null : visible(WordQuery.phrases(terms));
        ScoreDoc[] nearest =
                searcher.search(new KnnFloatVectorQuery(model.field(), vector, NEAREST, wanted), NEAREST).scoreDocs;
        List<Hit> hits = new ArrayList<>();
        FixedBitSet all = none();
        for (ScoreDoc near : nearest) {
            // Lucene's score is half of one more than the cosine.
            hits.add(new Hit(
                    near.doc,
                    2.0 * near.score - 1,
                    value(near.doc, IndexSchema.CHUNK_ID),
                    value(near.doc, IndexSchema.DOC_ID)));
            all.set(near.doc);
        }
        hits.sort(HITS);
        return new Found(hits, all, hits.size(), hits.size() < NEAREST);
    }

    private String value(int entry, String field) throws IOException {
        return Facets.value(searcher.getIndexReader(), entry, field)
                .orElseThrow(() -> new IOException("the entry " + entry + " has no " + field));
    }

    /**
     * Both lists as one, by reciprocal rank fusion. An entry's rank by words counts by how much of the question it has ({@link
     * Coverage}): of a question put in other words many entries have a word or two, and the best of these are not as good as the
     * nearest vectors; but what has all the words, as where an identifier is looked for, comes before them. On the judged set of the
     * tests this makes nDCG@10 0.76, and without it 0.67.
     */
    Found fused(SearchTerms terms, Found words, Found vectors) throws IOException {
        Map<Integer, Hit> byEntry = new HashMap<>();
        Map<Integer, Double> coverage =
                words.hits().isEmpty() ? Map.of() : new Coverage(searcher, terms).of(words.hits());
        add(words.hits(), byEntry, hit -> ALL_WORDS * Math.pow(coverage.get(hit.entry()), 3));
        add(vectors.hits(), byEntry, hit -> 1);
        FixedBitSet all = words.all().clone();
        all.or(vectors.all());
        return new Found(
                byEntry.values().stream().sorted(HITS).limit(Question.MAX_DEPTH).toList(),
                all,
                all.cardinality() - words.total(),
                vectors.isExact());
    }

    private static void add(List<Hit> hits, Map<Integer, Hit> byEntry, ToDoubleFunction<Hit> weight) {
        int rank = 0;
        for (Hit hit : hits) {
            double score = weight.applyAsDouble(hit) / (FUSION + ++rank);
            byEntry.merge(
                    hit.entry(),
                    new Hit(hit.entry(), score, hit.chunkId(), hit.docId()),
                    (a, b) -> new Hit(a.entry(), a.score() + b.score(), a.chunkId(), a.docId()));
        }
    }

    /** Collects every entry that was found. */
    private final class Entries implements CollectorManager<EntryCollector, FixedBitSet> {
        @Override
        public EntryCollector newCollector() {
            return new EntryCollector(none());
        }

        @Override
        public FixedBitSet reduce(Collection<EntryCollector> collectors) {
            FixedBitSet all = none();
            collectors.forEach(collector -> all.or(collector.all));
            return all;
        }
    }

    private static final class EntryCollector extends SimpleCollector {
        private final FixedBitSet all;
        private int base;

        EntryCollector(FixedBitSet all) {
            this.all = all;
        }

        @Override
        protected void doSetNextReader(LeafReaderContext leaf) {
            base = leaf.docBase;
        }

        @Override
        public void collect(int entry) {
            all.set(base + entry);
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
