package dev.callboard.documents.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/**
 * A term where it stands in a text.
 *
 * @param term as the index has it
 * @param position counted in words
 * @param start UTF-16 offset into the text
 * @param end offset after its last character
 * @param type as Lucene says it: of a pair of characters another than of a word
 */
record Token(String term, int position, int start, int end, String type) {
    /** All of a text, as they are indexed. */
    static List<Token> all(String text) {
        List<Token> tokens = new ArrayList<>();
        try (TokenStream stream = TextAnalysis.ANALYZER.tokenStream("", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
            TypeAttribute type = stream.addAttribute(TypeAttribute.class);
            PositionIncrementAttribute increment = stream.addAttribute(PositionIncrementAttribute.class);
            int position = -1;
            stream.reset();
            while (stream.incrementToken()) {
                position += increment.getPositionIncrement();
                tokens.add(new Token(term.toString(), position, offset.startOffset(), offset.endOffset(), type.type()));
            }
            stream.end();
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot be read", e);
        }
        return tokens;
    }

    /**
     * Those to look for: words, pairs of characters, and single characters only where they stand alone. Positions are those of
     * {@link #all}, so that a phrase of several scripts is found where it stands.
     */
    static List<Token> toLookFor(String text) {
        List<Token> all = all(text);
        Set<Integer> paired = new HashSet<>();
        for (Token token : all) {
            if (token.type().equals(CJKBigramFilter.DOUBLE_TYPE)) {
                paired.add(token.position());
                paired.add(token.position() + 1);
            }
        }
        return all.stream()
                .filter(token ->
                        !token.type().equals(CJKBigramFilter.SINGLE_TYPE) || !paired.contains(token.position()))
                .filter(token -> !token.term().isEmpty())
                .toList();
    }
}
