package dev.callboard.documents.chunk.wordpiece;

import java.text.Normalizer;

/**
 * What BERT's normaliser and pre-tokeniser make of single characters: some vanish, some divide words, some are words by
 * themselves, the others lose their accents and become lower case.
 */
final class Letters {
    private static final int PAGE_BITS = 8;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int PAGES = (Character.MAX_CODE_POINT + 1) >> PAGE_BITS;

    /** By code point, made when first met; any thread makes the same. */
    private static final int[][][] NORMALISED = new int[PAGES][][];

    private Letters() {}

    /** Left out before anything else: NUL, U+FFFD and control, format and private characters but tab and line ends. */
    static boolean isRemoved(int point) {
        if (point == '\t' || point == '\n' || point == '\r') {
            return false;
        }
        if (point < 0x7F) {
            return point < ' ';
        }
        return point == 0xFFFD || isOther(point);
    }

    private static boolean isOther(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL || type == Character.PRIVATE_USE || UnicodeEight.isFormat(point);
    }

    /** White space as Unicode has it; the control characters among it are removed before. */
    static boolean isSpace(int point) {
        return point == ' '
                || point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0xA0 && Character.isSpaceChar(point));
    }

    /** An ideograph, which is a word by itself. Kana and hangul are letters. */
    static boolean isIdeograph(int point) {
        return point >= 0x3400
                && ((point >= 0x4E00 && point <= 0x9FFF)
                        || point <= 0x4DBF
                        || (point >= 0x20000 && point <= 0x2A6DF)
                        || (point >= 0x2A700 && point <= 0x2B73F)
                        || (point >= 0x2B740 && point <= 0x2B81F)
                        || (point >= 0x2B920 && point <= 0x2CEAF)
                        || (point >= 0xF900 && point <= 0xFAFF)
                        || (point >= 0x2F800 && point <= 0x2FA1F));
    }

    /** A word by itself: all that is neither letter nor digit in ASCII, punctuation elsewhere; signs of currency are letters there. */
    static boolean isPunctuation(int point) {
        if (point < 0x80) {
            return (point >= '!' && point <= '/')
                    || (point >= ':' && point <= '@')
                    || (point >= '[' && point <= '`')
                    || (point >= '{' && point <= '~');
        }
        return UnicodeEight.isPunctuation(point);
    }

    /** A character beyond ASCII taken apart (Unicode normal form D), without the accents, in lower case; possibly nothing. */
    static int[] normalised(int point) {
        int[][] page = NORMALISED[point >> PAGE_BITS];
        if (page == null) {
            page = new int[PAGE][];
            NORMALISED[point >> PAGE_BITS] = page;
        }
        int[] normalised = page[point & PAGE - 1];
        if (normalised == null) {
            normalised = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFD)
                    .codePoints()
                    .filter(part -> !UnicodeEight.isMark(part))
                    .map(Character::toLowerCase)
                    .toArray();
            page[point & PAGE - 1] = normalised;
        }
        return normalised;
    }
}
