package dev.callboard.documents.ingest;

import dev.callboard.documents.input.Payload;
import dev.callboard.spi.StageFailure;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells a media type from the first bytes. A name or a declared type is never asked: JATS files come as
 * {@code .nxml}, {@code .xml} and {@code .txt}, and hostile files as anything.
 *
 * <p>Order: signatures of binary formats; then, as text in the charset that the byte order mark or the zero bytes
 * show, markup ({@link Markup}), JSON, plain text.
 */
public final class MediaTypes {
    /** How many bytes are enough to decide. */
    public static final int HEAD = 64 * 1024;

    /** JATS, the Journal Article Tag Suite (NISO Z39.96). */
    public static final String JATS = "application/jats+xml";
    /** XML that is neither JATS nor XHTML. */
    public static final String XML = "application/xml";
    /** HTML in XML syntax. */
    public static final String XHTML = "application/xhtml+xml";
    /** HTML. */
    public static final String HTML = "text/html";
    /** Text without markup that is known here. */
    public static final String TEXT = "text/plain";
    /** JSON. */
    public static final String JSON = "application/json";
    /** Bytes of no known kind. */
    public static final String UNKNOWN = "application/octet-stream";

    /** What the stage parse can read. */
    public static final List<String> PARSEABLE = List.of(JATS, XML, XHTML, HTML, TEXT, JSON);

    /** Of all characters of a text, one in so many may be a control character. */
    private static final int CONTROL_SHARE = 100;

    private MediaTypes() {}

    /**
     * The media type of bytes.
     *
     * @param head the first {@link #HEAD} bytes, or all when there are fewer
     */
    public static String of(byte[] head) {
        String binary = Signature.find(head);
        if (binary != null) {
            return binary;
        }
        Charset charset = charset(head);
        String text = new String(head, charset);
        int start = 0;
        while (start < text.length()
                && (text.charAt(start) == '\uFEFF' || Character.isWhitespace(text.charAt(start)))) {
            start++;
        }
        if (start < text.length() && text.charAt(start) == '<') {
            String markup = Markup.typeOf(text.substring(start));
            if (markup != null) {
                return markup;
            }
        }
        if (looksLikeJson(text, start)) {
            return JSON;
        }
        return looksLikeText(text) ? TEXT : UNKNOWN;
    }

    /** The one sentence for a type that no parser here reads. */
    public static StageFailure notParseable(Payload payload) {
        return StageFailure.permanent(
                "unsupported_media_type",
                payload.shownName() + " is " + payload.mediaType()
                        + ", which this version cannot parse; it takes JATS or other XML, HTML, plain text and"
                        + " ClinicalTrials.gov JSON.");
    }

    /**
     * By byte order mark, else by where zero bytes stand around the first ASCII character (XML 1.0, appendix F), else
     * UTF-8 when the bytes are that, else ISO-8859-1, in which all bytes mean something.
     */
    static Charset charset(byte[] head) {
        int b0 = head.length > 0 ? head[0] & 0xFF : -1;
        int b1 = head.length > 1 ? head[1] & 0xFF : -1;
        if ((b0 == 0xFE && b1 == 0xFF) || (b0 == 0 && b1 == '<')) {
            return StandardCharsets.UTF_16BE;
        }
        if ((b0 == 0xFF && b1 == 0xFE) || (b0 == '<' && b1 == 0)) {
            return StandardCharsets.UTF_16LE;
        }
        // A multi-byte character may be cut at the end of the head: one U+FFFD there says nothing.
        String utf8 = new String(head, StandardCharsets.UTF_8);
        int broken = utf8.indexOf('\uFFFD');
        return broken < 0 || (head.length == HEAD && broken >= utf8.length() - 3)
                ? StandardCharsets.UTF_8
                : StandardCharsets.ISO_8859_1;
    }

    /** An object with a quoted key, or an array of objects, arrays or strings; {@code [1] Title} is a text. */
    private static boolean looksLikeJson(String text, int start) {
        if (start >= text.length()) {
            return false;
        }
        char first = text.charAt(start);
        int next = start + 1;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        char second = next < text.length() ? text.charAt(next) : 0;
        return (first == '{' && (second == '"' || second == '}'))
                || (first == '[' && (second == '{' || second == '[' || second == '"'));
    }

    private static boolean looksLikeText(String text) {
        long controls = text.chars()
                .filter(c -> Character.getType(c) == Character.CONTROL && !Character.isWhitespace(c) && c != 0x85)
                .count();
        return text.indexOf('\0') < 0 && controls * CONTROL_SHARE <= text.length();
    }
}
