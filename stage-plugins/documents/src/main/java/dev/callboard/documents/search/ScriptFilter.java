package dev.callboard.documents.search;

import java.io.IOException;
import java.text.Normalizer;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/**
 * What Lucene's filters do not do: composes letters with their accents, takes off those that are left and soft hyphens, and
 * lets Thai, Lao, Khmer and Burmese, which the tokenizer leaves in one piece, become pairs of characters as Chinese does.
 */
final class ScriptFilter extends TokenFilter {
    private static final String IN_ONE_PIECE = StandardTokenizer.TOKEN_TYPES[StandardTokenizer.SOUTHEAST_ASIAN];
    private static final String IN_PAIRS = StandardTokenizer.TOKEN_TYPES[StandardTokenizer.HANGUL];

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final TypeAttribute type = addAttribute(TypeAttribute.class);

    ScriptFilter(TokenStream input) {
        super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        if (type.type().equals(IN_ONE_PIECE)) {
            type.setType(IN_PAIRS);
        }
        if (hasMarks()) {
            String composed = Normalizer.normalize(term, Normalizer.Form.NFC);
            term.setEmpty();
            composed.chars().filter(c -> !isMark((char) c)).forEach(c -> term.append((char) c));
        }
        return true;
    }

    private boolean hasMarks() {
        for (int i = 0; i < term.length(); i++) {
            if (isMark(term.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** A combining accent, or a soft hyphen. */
    private static boolean isMark(char c) {
        return (c >= '\u0300' && c <= '\u036F') || c == '\u00AD';
    }
}
