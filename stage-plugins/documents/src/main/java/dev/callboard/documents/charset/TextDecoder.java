package dev.callboard.documents.charset;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Decides in which charset bytes are, in this order: the byte order mark; the zero bytes of UTF-16 without one; UTF-8, when the
 * bytes are valid UTF-8 with something beyond ASCII, whatever a label says; the label; UTF-8.
 *
 * <p>C1 control characters stand in no text: where a label leads to them, the Windows code page that has letters in their
 * place is meant.
 */
public final class TextDecoder {
    private static final int SAMPLE = 4096;

    /** In so many pairs of bytes at least one has a zero where UTF-16 has it: spaces and line ends are always there. */
    private static final int PAIRS_FOR_A_ZERO = 24;

    /** The code page that has letters where the ISO charset has control characters. */
    private static final Map<String, String> WINDOWS = Map.of(
            "ISO-8859-1", "windows-1252",
            "ISO-8859-2", "windows-1250",
            "ISO-8859-5", "windows-1251",
            "ISO-8859-6", "windows-1256",
            "ISO-8859-7", "windows-1253",
            "ISO-8859-8", "windows-1255",
            "ISO-8859-9", "windows-1254",
            "ISO-8859-13", "windows-1257",
            "ISO-8859-15", "windows-1252");

    private TextDecoder() {}

    /**
     * Decodes strictly.
     *
     * @param bytes all of them
     * @param label what the source or a setting calls its charset; empty or unknown: nothing is known
     * @return null when no charset that is meant fits
     */
    public static Decoded decode(byte[] bytes, String label) {
        Charset shown = ofMarkOrZeros(bytes);
        if (shown != null) {
            return decoded(strict(bytes, shown), shown);
        }
        String utf8 = strict(bytes, StandardCharsets.UTF_8);
        Charset named = named(label);
        boolean beyondAscii = utf8 != null && utf8.length() != bytes.length;
        if (beyondAscii || named == null || named.equals(StandardCharsets.UTF_8)) {
            return decoded(utf8, StandardCharsets.UTF_8);
        }
        Decoded byLabel = decoded(strict(bytes, named), named);
        if (byLabel != null && hasC1(byLabel.text()) && WINDOWS.containsKey(named.name())) {
            Charset windows = Charset.forName(WINDOWS.get(named.name()));
            Decoded meant = decoded(strict(bytes, windows), windows);
            return meant != null && !hasC1(meant.text()) ? meant : byLabel;
        }
        return byLabel;
    }

    /**
     * Decodes as a browser does: always, with U+FFFD for single bytes that do not fit.
     *
     * @param label as above
     */
    public static Decoded decodeLeniently(byte[] bytes, String label) {
        Decoded decoded = decode(bytes, label);
        if (decoded != null) {
            return decoded;
        }
        Charset shown = ofMarkOrZeros(bytes);
        Charset named = shown == null ? named(label) : shown;
        Charset charset = named == null ? StandardCharsets.UTF_8 : named;
        String text = withReplacements(bytes, charset);
        if (charset.equals(StandardCharsets.UTF_8) && !isMostlyUtf8(text)) {
            Charset fallback = Charset.forName("windows-1252");
            return new Decoded(strict(bytes, fallback), fallback.name(), true);
        }
        return new Decoded(text, charset.name(), false);
    }

    /** By the byte order mark, else by where zero bytes stand; null when neither says anything. */
    public static Charset ofMarkOrZeros(byte[] bytes) {
        int b0 = at(bytes, 0);
        int b1 = at(bytes, 1);
        int b2 = at(bytes, 2);
        int b3 = at(bytes, 3);
        if (b0 == 0xEF && b1 == 0xBB && b2 == 0xBF) {
            return StandardCharsets.UTF_8;
        }
        if (b0 == 0xFF && b1 == 0xFE) {
            return b2 == 0 && b3 == 0 ? Charset.forName("UTF-32LE") : StandardCharsets.UTF_16LE;
        }
        if (b0 == 0xFE && b1 == 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        return b0 == 0 && b1 == 0 && b2 == 0xFE && b3 == 0xFF ? Charset.forName("UTF-32BE") : byZeros(bytes);
    }

    private static int at(byte[] bytes, int index) {
        return index < bytes.length ? bytes[index] & 0xFF : -1;
    }

    private static Charset byZeros(byte[] bytes) {
        int pairs = Math.min(bytes.length, SAMPLE) / 2;
        int first = 0;
        int second = 0;
        for (int i = 0; i < pairs; i++) {
            first += bytes[2 * i] == 0 ? 1 : 0;
            second += bytes[2 * i + 1] == 0 ? 1 : 0;
        }
        boolean little = first == 0 && second * PAIRS_FOR_A_ZERO > pairs;
        boolean big = second == 0 && first * PAIRS_FOR_A_ZERO > pairs;
        if (!little && !big) {
            return null;
        }
        Charset charset = little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        String sample = new String(bytes, 0, 2 * pairs, charset);
        return sample.codePoints().limit(Math.max(1, pairs - 2)).allMatch(TextDecoder::isPrintable) ? charset : null;
    }

    private static boolean isPrintable(int point) {
        return Character.isWhitespace(point)
                || (Character.isDefined(point) && Character.getType(point) != Character.CONTROL && point != 0xFFFD);
    }

    /** What could be read as ASCII so far is not UTF-16, whatever its label says. */
    private static Charset named(String label) {
        Charset charset = Labels.find(label);
        boolean wide = charset != null
                && (charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32"));
        return wide ? StandardCharsets.UTF_8 : charset;
    }

    private static Decoded decoded(String text, Charset charset) {
        if (text == null) {
            return null;
        }
        return new Decoded(text.startsWith("\uFEFF") ? text.substring(1) : text, charset.name(), false);
    }

    /** The text, or null when a byte does not fit. A byte that a Windows code page leaves free is a C1 control (WHATWG). */
    static String strict(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            if (!charset.name().startsWith("windows-125")) {
                return null;
            }
        }
        StringBuilder text = new StringBuilder(withReplacements(bytes, charset));
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\uFFFD') {
                text.setCharAt(i, (char) (bytes[i] & 0xFF));
            }
        }
        return text.toString();
    }

    private static String withReplacements(byte[] bytes, Charset charset) {
        try {
            CharBuffer text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(bytes));
            return text.length() > 0 && text.charAt(0) == '\uFEFF'
                    ? text.subSequence(1, text.length()).toString()
                    : text.toString();
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("a decoder that replaces cannot fail", e);
        }
    }

    private static boolean isMostlyUtf8(String text) {
        long broken = text.chars().filter(c -> c == '\uFFFD').count();
        long good = text.chars().filter(c -> c > 0x7F && c != '\uFFFD').count();
        return good > broken;
    }

    private static boolean hasC1(String text) {
        return text.chars().anyMatch(c -> c >= 0x80 && c <= 0x9F);
    }
}
