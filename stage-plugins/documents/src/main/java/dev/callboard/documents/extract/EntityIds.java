package dev.callboard.documents.extract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Natural keys: the same thing has the same id in every document and run. An id is {@code type:identifier} or
 * {@code type:label} with the label normalised: Unicode NFKC, lower case, one hyphen for each run of white space and hyphens.
 */
final class EntityIds {
    /** Of an id, without its type; the library takes ids of 300 characters in all. */
    private static final int LONGEST = 200;

    private static final int HASH_BYTES = 6;
    private static final int MINUS = 0x2212;
    private static final int APOSTROPHE = 0x2019;

    private EntityIds() {}

    /** A label as it stands in an id; empty when it has no visible character. */
    static String normalised(String label) {
        String folded =
                Normalizer.normalize(wellFormed(label), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder id = new StringBuilder();
        boolean gap = false;
        for (int i = 0; i < folded.length(); ) {
            int point = folded.codePointAt(i);
            i += Character.charCount(point);
            if (isGap(point)) {
                gap = true;
            } else if (!isInvisible(point)) {
                if (gap && !id.isEmpty()) {
                    id.append('-');
                }
                gap = false;
                id.appendCodePoint(point == APOSTROPHE ? '\'' : point);
            }
        }
        return shortened(id.toString());
    }

    /** An identifier as it stands in an id: as given, without white space and invisible characters. */
    static String identifier(String given) {
        StringBuilder id = new StringBuilder();
        wellFormed(given)
                .codePoints()
                .filter(point -> !isInvisible(point) && !Character.isWhitespace(point) && !Character.isSpaceChar(point))
                .forEach(id::appendCodePoint);
        return shortened(id.toString());
    }

    /** White space and hyphens of all kinds, which spellings of one name differ in. */
    static boolean isGap(int point) {
        return Character.isWhitespace(point)
                || Character.isSpaceChar(point)
                || Character.getType(point) == Character.DASH_PUNCTUATION
                || point == MINUS
                || point == '_';
    }

    private static boolean isInvisible(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL || type == Character.FORMAT;
    }

    /** A text whose lone halves of surrogate pairs, which no encoding has, are U+FFFD. */
    static String wellFormed(String text) {
        if (text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .forEach(result::appendCodePoint);
        return result.toString();
    }

    /** A text of at most so many UTF-16 units that ends with a whole character. */
    static String atMost(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end);
    }

    private static String shortened(String id) {
        return id.length() <= LONGEST ? id : atMost(id, LONGEST - 2 * HASH_BYTES - 1) + "-" + hash(id, HASH_BYTES);
    }

    /** The beginning of a text's SHA-256, in hexadecimal digits. */
    static String hash(String text, int bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
