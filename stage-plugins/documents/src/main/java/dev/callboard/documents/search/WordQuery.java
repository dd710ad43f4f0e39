package dev.callboard.documents.search;

import dev.callboard.documents.search.SearchTerms.Clause;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Turns {@link SearchTerms} into a query. Each is looked for in all fields; the best field counts in full, the others by
 * {@value #OTHER_FIELDS}, so that a word in the title does not count twice because it stands in the text too.
 */
final class WordQuery {
    private static final float OTHER_FIELDS = 0.3f;
    private static final float TITLE = 1.5f;

    private WordQuery() {}

    /** Makes the query of terms that are not empty. */
    static Query of(SearchTerms terms) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        terms.phrases().forEach(clause -> query.add(anywhere(clause), Occur.MUST));
        if (!terms.words().isEmpty()) {
            BooleanQuery.Builder words = new BooleanQuery.Builder();
            terms.words().forEach(clause -> words.add(anywhere(clause), Occur.SHOULD));
            query.add(words.build(), terms.phrases().isEmpty() ? Occur.MUST : Occur.SHOULD);
        }
        terms.fillers().forEach(clause -> query.add(anywhere(clause), Occur.SHOULD));
        return query.build();
    }

    /** What has all phrases; everything when there are none. */
    static Query phrases(SearchTerms terms) {
        BooleanQuery.Builder query = new BooleanQuery.Builder().add(new MatchAllDocsQuery(), Occur.MUST);
        terms.phrases().forEach(clause -> query.add(anywhere(clause), Occur.MUST));
        return query.build();
    }

    /** What has a clause in any of its fields. */
    static Query anywhere(Clause clause) {
        return new DisjunctionMaxQuery(
                List.of(
                        in(IndexSchema.TEXT, clause),
                        new BoostQuery(in(IndexSchema.TITLE, clause), TITLE),
                        in(IndexSchema.SECTION_TITLE, clause),
                        in(IndexSchema.IDENTIFIERS, clause)),
                OTHER_FIELDS);
    }

    private static Query in(String field, Clause clause) {
        if (clause.isOneTerm()) {
            return new TermQuery(new Term(field, clause.terms().get(0)));
        }
        PhraseQuery.Builder phrase = new PhraseQuery.Builder();
        for (int i = 0; i < clause.terms().size(); i++) {
            phrase.add(
                    new Term(field, clause.terms().get(i)), clause.positions().get(i));
        }
        return phrase.build();
    }
}
