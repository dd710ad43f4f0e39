package dev.callboard.wordpiece;

import java.text.Normalizer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What uncased BERT makes of single characters: some vanish, some divide words, some are words by themselves. */
final class Characters {
    private static final int PLANE = 0x10000;

    /** Decompositions are looked up again and again in texts that are not English: those of the first plane are kept. */
    private static final AtomicReferenceArray<int[]> DECOMPOSED = new AtomicReferenceArray<>(PLANE);

    private Characters() {}

    /** Whether a character is dropped before anything else: controls, format characters, private use, U+FFFD. */
    static boolean isDropped(int point) {
        if (point < 0x80) {
            return (point < 0x20 && point != '\t' && point != '\n' && point != '\r') || point == 0x7F;
        }
        // Half of a surrogate pair is no character.
        return CharacterClasses.DROPPED.get(point)
                || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /** White space as Unicode has it; other control characters are dropped before. */
    static boolean isSpace(int point) {
        return point == ' '
                || point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0xA0 && Character.isSpaceChar(point));
    }

    /** Ideographs stand for themselves, as there are no spaces between their words. Kana and hangul do not. */
    static boolean isIdeograph(int point) {
        return point >= 0x3400
                && ((point >= 0x4E00 && point <= 0x9FFF)
                        || point <= 0x4DBF
                        || (point >= 0xF900 && point <= 0xFAFF)
                        || (point >= 0x20000 && point <= 0x2A6DF)
                        || (point >= 0x2A700 && point <= 0x2B81F)
                        // The gap before it is the reference's.
                        || (point >= 0x2B920 && point <= 0x2CEAF)
                        || (point >= 0x2F800 && point <= 0x2FA1F));
    }

    /** Whether a character is a word of its own. ASCII symbols count, other symbols do not. */
    static boolean isPunctuation(int point) {
        if (point < 0x80) {
            return (point > ' ' && point < '0')
                    || (point > '9' && point < 'A')
                    || (point > 'Z' && point < 'a')
                    || (point > 'z' && point < 0x7F);
        }
        return CharacterClasses.PUNCTUATION.get(point);
    }

    /** A character beyond ASCII without its accents and in lower case; possibly nothing, or several characters. Not to be changed. */
    static int[] plain(int point) {
        if (point >= PLANE) {
            return decompose(point);
        }
        int[] known = DECOMPOSED.get(point);
        if (known == null) {
            known = decompose(point);
            DECOMPOSED.set(point, known);
        }
        return known;
    }

    private static int[] decompose(int point) {
        return Normalizer.normalize(Character.toString(point), Normalizer.Form.NFD)
                .codePoints()
                .filter(each -> !CharacterClasses.MARKS.get(each))
                .map(Character::toLowerCase)
                .toArray();
    }
}
