package dev.callboard.documents.search;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.el.GreekLowerCaseFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.util.ElisionFilter;

/**
 * How text becomes terms, the same for documents and questions and for all languages, so that nobody has to know the language
 * of a question. Words are those of Unicode (UAX 29), in lower case and without accents. English words lose their endings;
 * the stemmer knows them by a dictionary and leaves words of other languages and all that has digits as they are. Scripts
 * without spaces between words become single characters and pairs of neighbours.
 */
final class TextAnalysis extends Analyzer {
    /** It has no state of its own and serves all threads. */
    static final Analyzer ANALYZER = new TextAnalysis();

    private TextAnalysis() {}

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer words = new StandardTokenizer();
        TokenStream terms = new CJKWidthFilter(words);
        terms = new ScriptFilter(terms);
        terms = new EnglishPossessiveFilter(terms);
        terms = new GreekLowerCaseFilter(terms);
        terms = new ElisionFilter(terms, FrenchAnalyzer.DEFAULT_ARTICLES);
        terms = new CJKBigramFilter(
                terms,
                CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA | CJKBigramFilter.KATAKANA | CJKBigramFilter.HANGUL,
                true);
        terms = new DecimalDigitFilter(terms);
        terms = new ArabicNormalizationFilter(terms);
        terms = new ASCIIFoldingFilter(terms);
        return new TokenStreamComponents(words, new KStemFilter(terms));
    }
}
