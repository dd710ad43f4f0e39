package dev.callboard.documents.pdf;

import java.text.Bidi;
import java.text.Normalizer;

/** Hebrew and Arabic as they are read: a page has them from the left to the right, as they stand. */
final class RightToLeft {
    private static final String BRACKETS = "()[]{}<>«»";
    private static final String MIRRORED = ")(][}{><»«";

    private RightToLeft() {}

    /** A line as it is read, from the line as it stands; the same line where nothing runs to the left. */
    static String read(String line) {
        char[] letters = line.toCharArray();
        if (!Bidi.requiresBidi(letters, 0, letters.length)) {
            return line;
        }
        int left = 0;
        int right = 0;
        for (char letter : letters) {
            boolean toLeft = isToLeft(letter);
            right += toLeft ? 1 : 0;
            left += !toLeft && Character.isLetter(letter) ? 1 : 0;
        }
        return Normalizer.normalize(right > left ? turned(line, true) : turned(line, false), Normalizer.Form.NFKC);
    }

    /**
     * Turns what runs to the left.
     *
     * @param whole whether that is the line, in which words and numbers run to the right, or only parts of it
     */
    private static String turned(String line, boolean whole) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < line.length()) {
            boolean toLeft = isToLeft(line.charAt(at));
            int end = at + 1;
            int run = end;
            // Spaces and signs between two words of one direction run with them.
            while (end < line.length() && (isNeutral(line.charAt(end)) || isToLeft(line.charAt(end)) == toLeft)) {
                run = isNeutral(line.charAt(end)) ? run : end + 1;
                end++;
            }
            boolean neutral = isNeutral(line.charAt(at));
            String part = line.substring(at, neutral ? at + 1 : run);
            at += part.length();
            String shown = toLeft || (whole && neutral) ? reversed(part) : part;
            out.insert(whole ? 0 : out.length(), shown);
        }
        return out.toString();
    }

    private static String reversed(String part) {
        StringBuilder out = new StringBuilder(part).reverse();
        for (int i = 0; i < out.length(); i++) {
            int bracket = BRACKETS.indexOf(out.charAt(i));
            if (bracket >= 0) {
                out.setCharAt(i, MIRRORED.charAt(bracket));
            }
        }
        return out.toString();
    }

    private static boolean isToLeft(char letter) {
        byte direction = Character.getDirectionality(letter);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    private static boolean isNeutral(char letter) {
        return !Character.isLetterOrDigit(letter) && !isToLeft(letter);
    }
}
