package dev.callboard.documents.charset;

import java.nio.charset.Charset;
import java.util.List;

/**
 * For plain text that says nothing about its charset and is not UTF-8. A charset is taken only on strong evidence: many
 * characters beyond ASCII, and nearly all of them such as stand in texts of that charset. A few are no evidence.
 */
public final class CharsetGuess {
    private static final int ENOUGH = 12;
    private static final double NEARLY_ALL = 0.97;
    private static final int MARKS_SHARE = 4;
    private static final String PUNCTUATION = "\u00A0€‚„…‘’“”•–—™§©«»®·†‡‰‹›№";
    private static final String SIGNS = "°±²³µ¹º¼½¾¿¡£×÷´¸ªˆ˜";
    private static final List<String> CANDIDATES =
            List.of("windows-31j", "x-eucJP-Open", "x-windows-949", "windows-1251", "KOI8-R", "windows-1252");

    private CharsetGuess() {}

    /** The text in the charset that the evidence speaks for, or null. */
    public static Decoded decode(byte[] bytes) {
        for (String name : CANDIDATES) {
            String text = TextDecoder.strict(bytes, Charset.forName(name));
            if (text != null && speaksFor(name, text)) {
                return new Decoded(text, name, true);
            }
        }
        return null;
    }

    private static boolean speaksFor(String name, String text) {
        int beyond = 0;
        int fitting = 0;
        int marks = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0x7F) {
                beyond++;
                char before = i == 0 ? ' ' : text.charAt(i - 1);
                char after = i + 1 == text.length() ? ' ' : text.charAt(i + 1);
                fitting += fits(name, before, c, after) ? 1 : 0;
                marks += isMark(name, before, c, after) ? 1 : 0;
            }
        }
        return beyond >= ENOUGH && fitting >= beyond * NEARLY_ALL && marks * MARKS_SHARE >= beyond;
    }

    /** Whether a character stands in texts of a charset, between its neighbours. */
    private static boolean fits(String name, char before, char c, char after) {
        return switch (name) {
            case "windows-31j", "x-eucJP-Open" ->
                (c >= '\u3000' && c <= '\u30FF')
                        || (c >= '\u4E00' && c <= '\u9FFF')
                        || (c >= '\uFF01' && c <= '\uFF5E');
            case "x-windows-949" -> (c >= '\uAC00' && c <= '\uD7A3') || (c >= '\u3000' && c <= '\u303F');
            case "windows-1251", "KOI8-R" ->
                ((c >= '\u0410' && c <= '\u044F') || c == '\u0451' || c == '\u0401')
                                && !isAscii(before)
                                && !isAscii(after)
                                && !(Character.isUpperCase(c) && Character.isLowerCase(before))
                        || PUNCTUATION.indexOf(c) >= 0;
            default -> western(before, c, after);
        };
    }

    private static boolean western(char before, char c, char after) {
        if (Character.isLetter(c) && "\u00AA\u00BA".indexOf(c) < 0) {
            // In other code pages these places have the letters of Turkish, Czech, Polish.
            boolean rare = "ðþýÐÞÝ".indexOf(c) >= 0;
            return !rare && !(Character.isUpperCase(c) && Character.isLowerCase(before));
        }
        boolean insideWord = Character.isLetter(before) && Character.isLetter(after);
        return PUNCTUATION.indexOf(c) >= 0 || (SIGNS.indexOf(c) >= 0 && !insideWord);
    }

    /** The characters by which a charset is known: kana, Hangul, small letters, letters among those of ASCII. */
    private static boolean isMark(String name, char before, char c, char after) {
        return switch (name) {
            case "windows-31j", "x-eucJP-Open" -> c >= '\u3041' && c <= '\u30FF';
            case "x-windows-949" -> c >= '\uAC00';
            case "windows-1251", "KOI8-R" -> c >= '\u0430' && c <= '\u0451';
            default -> Character.isLetter(c) && (isAscii(before) || isAscii(after));
        };
    }

    private static boolean isAscii(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
