package dev.callboard.documents.search;

import dev.callboard.documents.search.Ranking.Hit;
import dev.callboard.documents.search.SearchTerms.Clause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/**
 * How much of a question's words an entry has: 1 when it has all. A rare word is a larger share than a frequent one, by its
 * inverse document frequency; one that no document has is the largest, so that little is covered where a question is put in
 * other words.
 */
final class Coverage {
    private final IndexSearcher searcher;
    private final Query query;

    Coverage(IndexSearcher searcher, SearchTerms terms) throws IOException {
        this.searcher = searcher;
        List<Clause> clauses = new ArrayList<>(terms.phrases());
        clauses.addAll(terms.words());
        double[] weights = new double[clauses.size()];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = weight(searcher.getIndexReader(), clauses.get(i));
            sum += weights[i];
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (int i = 0; i < weights.length; i++) {
            Query has = new ConstantScoreQuery(WordQuery.anywhere(clauses.get(i)));
            all.add(new BoostQuery(has, (float) (weights[i] / sum)), Occur.SHOULD);
        }
        this.query = all.build();
    }

    /** As BM25 weighs terms; never 0. */
    private static double weight(IndexReader reader, Clause clause) throws IOException {
        double sum = 0;
        int entries = reader.getDocCount(IndexSchema.TEXT);
        for (String term : clause.terms()) {
            int with = reader.docFreq(new Term(IndexSchema.TEXT, term));
            sum += Math.log1p((entries - with + 0.5) / (with + 0.5));
        }
        return sum;
    }

    /** The share that each hit has, by entry, from 0 to 1. */
    Map<Integer, Double> of(List<Hit> hits) throws IOException {
        Map<Integer, Double> shares = new HashMap<>();
        Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE, 1);
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = null;
        Scorer scorer = null;
        for (Hit hit : hits.stream().sorted(Comparator.comparingInt(Hit::entry)).toList()) {
            LeafReaderContext own = leaves.get(ReaderUtil.subIndex(hit.entry(), leaves));
            if (own != leaf) {
                leaf = own;
                scorer = weight.scorer(own);
            }
            int entry = hit.entry() - own.docBase;
            boolean has = scorer != null && scorer.iterator().advance(entry) == entry;
            shares.put(hit.entry(), has ? Math.min(1, scorer.score()) : 0.0);
        }
        return shares;
    }
}
