package dev.callboard.documents.chunk;

/**
 * An estimate of how many word pieces a model's tokenizer makes of a text; there is no model here. It counts
 *
 * <ul>
 *   <li>a run of letters: one for each six begun (plain English words 1, "thyroid" 2, "immunosorbent" 3);
 *   <li>a run of digits: one for each three begun;
 *   <li>an ideograph, kana or hangul syllable: one each, as they stand without spaces;
 *   <li>any other visible character: one each.
 * </ul>
 *
 * <p>On English prose that is rather more than WordPiece makes of it, so that a budget kept here is kept there. The
 * same text always gives the same number, and a text never counts more than its parts counted one by one.
 */
final class TokenEstimate {
    private static final int LETTERS = 6;
    private static final int DIGITS = 3;

    private TokenEstimate() {}

    /** How many tokens a text has, 0 for one without visible characters. */
    static int of(String text) {
        int tokens = 0;
        int letters = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            Kind kind = kind(point);
            if (kind != Kind.LETTER && letters > 0) {
                tokens += pieces(letters, LETTERS);
                letters = 0;
            }
            if (kind != Kind.DIGIT && digits > 0) {
                tokens += pieces(digits, DIGITS);
                digits = 0;
            }
            switch (kind) {
                case LETTER -> letters++;
                case DIGIT -> digits++;
                case SINGLE -> tokens++;
                case SPACE -> {
                    // Divides words and is none.
                }
            }
        }
        return tokens + pieces(letters, LETTERS) + pieces(digits, DIGITS);
    }

    private enum Kind {
        LETTER,
        DIGIT,
        SINGLE,
        SPACE
    }

    private static Kind kind(int point) {
        if (Character.isIdeographic(point) || isSyllable(point)) {
            return Kind.SINGLE;
        }
        int type = Character.getType(point);
        if (Character.isLetter(point)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK) {
            return Kind.LETTER;
        }
        if (Character.isDigit(point)) {
            return Kind.DIGIT;
        }
        return Character.isWhitespace(point) || Character.isSpaceChar(point) ? Kind.SPACE : Kind.SINGLE;
    }

    private static boolean isSyllable(int point) {
        Character.UnicodeScript script = Character.UnicodeScript.of(point);
        return script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA
                || script == Character.UnicodeScript.HANGUL;
    }

    private static int pieces(int length, int size) {
        return (length + size - 1) / size;
    }
}
