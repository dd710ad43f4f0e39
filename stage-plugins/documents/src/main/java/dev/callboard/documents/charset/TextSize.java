package dev.callboard.documents.charset;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * How many characters of text bytes hold at least, without decoding them: a file that holds too much is refused before memory
 * and time are spent on it. Never more than there are: blanks do not count, nor do references, nor bytes that may be the second
 * of a character in any charset of the web.
 */
public final class TextSize {
    private static final int SECOND_BYTES = 0x40;

    /** What does not become text of a page. */
    private static final Set<String> PAGE_OPAQUE =
            Set.of("script", "style", "title", "template", "noscript", "iframe", "noframes", "xmp", "textarea");

    private final byte[] bytes;
    private int at;
    private long count;

    private TextSize(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Of plain text. */
    public static long ofText(byte[] bytes, String label) {
        Charset shown = TextDecoder.ofMarkOrZeros(bytes);
        if (shown != null && isWide(shown)) {
            // A character has four bytes at most.
            return bytes.length / 4;
        }
        return isReadable(shown, label) ? new TextSize(bytes).text() : 0;
    }

    /** Of the texts of XML. */
    public static long ofXml(byte[] bytes, String label) {
        return isReadable(TextDecoder.ofMarkOrZeros(bytes), label) ? new TextSize(bytes).markup(Set.of()) : 0;
    }

    /** Of what a page of HTML says. */
    public static long ofPage(byte[] bytes, String label) {
        return isReadable(TextDecoder.ofMarkOrZeros(bytes), label) ? new TextSize(bytes).markup(PAGE_OPAQUE) : 0;
    }

    private static boolean isWide(Charset charset) {
        return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
    }

    /** Whether a byte below 0x40 is what it is in ASCII. */
    private static boolean isReadable(Charset shown, String label) {
        Charset charset = shown == null ? Labels.find(label) : shown;
        return charset == null
                || !(isWide(charset) || charset.name().toUpperCase(Locale.ROOT).contains("2022"));
    }

    private long text() {
        while (at < bytes.length) {
            character();
        }
        return count;
    }

    private long markup(Set<String> opaque) {
        while (at < bytes.length) {
            if (bytes[at] == '<') {
                tag(opaque);
            } else if (bytes[at] == '&') {
                skip(";", "<");
            } else {
                character();
            }
        }
        return count;
    }

    private void character() {
        int b = bytes[at++] & 0xFF;
        if (b < 0x80) {
            count += b > ' ' && b < 0x7F ? 1 : 0;
            return;
        }
        // Beyond ASCII what is visible for certain, read as UTF-8: no blanks of U+0080, U+1680, U+2000, U+3000 and
        // U+FEFF.
        count += b > 0xC2 && b != 0xE1 && b != 0xE2 && b != 0xE3 && b < 0xEE ? 1 : 0;
        if (at < bytes.length && (bytes[at] & 0xFF) >= SECOND_BYTES) {
            at++;
        }
    }

    private void tag(Set<String> opaque) {
        if (begins("<!--")) {
            skipAfter("-->");
        } else if (begins("<![CDATA[")) {
            skipAfter("]]>");
        } else if (begins("<?")) {
            skipAfter("?>");
        } else {
            String name = name();
            inside();
            if (opaque.contains(name)) {
                skipAfter("</" + name);
            }
        }
    }

    private String name() {
        int end = at + 1;
        while (end < bytes.length && end - at < 12 && Character.isLetterOrDigit(bytes[end])) {
            end++;
        }
        return new String(bytes, at + 1, end - at - 1, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    /** A tag or a declaration to its end; a value in quotes and an internal subset may hold its sign. */
    private void inside() {
        int depth = 0;
        byte quote = 0;
        for (at++; at < bytes.length; at++) {
            byte b = bytes[at];
            if (quote != 0) {
                quote = b == quote ? 0 : quote;
            } else if (b == '"' || b == '\'') {
                quote = b;
            } else if (b == '[') {
                depth++;
            } else if (b == ']') {
                depth--;
            } else if (b == '>' && depth <= 0) {
                at++;
                return;
            }
        }
    }

    private boolean begins(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= bytes.length
                    || Character.toLowerCase(bytes[at + i]) != Character.toLowerCase(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private void skipAfter(String text) {
        while (at < bytes.length && !begins(text)) {
            at++;
        }
        at = Math.min(bytes.length, at + text.length());
    }

    /** To after the first sign, or to before the second. */
    private void skip(String end, String other) {
        while (at < bytes.length && bytes[at] != end.charAt(0) && bytes[at] != other.charAt(0)) {
            at++;
        }
        at += at < bytes.length && bytes[at] == end.charAt(0) ? 1 : 0;
    }
}
