package dev.callboard.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Reads bytes as UTF-8 and nothing else. */
public final class Utf8 {
    private Utf8() {}

    /**
     * The text.
     *
     * @throws JsonSyntaxException with the place of the first bytes that are no UTF-8
     */
    public static String decode(byte[] bytes) {
        // Reports what it cannot read, unless told otherwise.
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
        return text.toString();
    }
}
