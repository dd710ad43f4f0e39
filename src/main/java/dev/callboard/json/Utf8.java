package dev.callboard.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Reads the bytes of text files and of what is sent, as UTF-8 and nothing else. A byte order mark at the start, as Notepad and
 * PowerShell write it, is not part of the text.
 */
public final class Utf8 {
    private static final String MARK = "\uFEFF";
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /**
     * The text.
     *
     * @throws JsonSyntaxException with the place of the first bytes that are no UTF-8
     */
    public static String decode(byte[] bytes) {
        // Reports what it cannot read, unless configured otherwise.
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            String before = text.toString();
            int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
            throw new JsonSyntaxException(
                    "The text is not valid UTF-8.", line, before.length() - before.lastIndexOf('\n'));
        }
        return withoutMark(text.toString());
    }

    /** The text, with U+FFFD in the place of what cannot be read: to show it, or to say where something is. */
    public static String lenient(byte[] bytes) {
        return withoutMark(new String(bytes, StandardCharsets.UTF_8));
    }

    /** How many characters of {@link #lenient} stand in the place of what cannot be read. */
    public static int unreadable(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int all = (int) text.chars().filter(c -> c == REPLACEMENT).count();
        for (int i = 0; i + 2 < bytes.length; i++) {
            // U+FFFD that stands there as such can be read.
            boolean written = bytes[i] == (byte) 0xEF && bytes[i + 1] == (byte) 0xBF && bytes[i + 2] == (byte) 0xBD;
            all -= written ? 1 : 0;
        }
        return all;
    }

    private static String withoutMark(String text) {
        return text.startsWith(MARK) ? text.substring(1) : text;
    }
}
