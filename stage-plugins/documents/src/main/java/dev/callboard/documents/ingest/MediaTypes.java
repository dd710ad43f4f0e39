package dev.callboard.documents.ingest;

import dev.callboard.documents.charset.Terminal;
import dev.callboard.documents.charset.TextDecoder;
import dev.callboard.documents.input.Payload;
import dev.callboard.spi.StageFailure;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells a media type from the first bytes. JATS files come as {@code .nxml}, {@code .xml} and {@code .txt}, and hostile files as
 * anything: a name or a declared type is asked only whether a text is Markdown, which no bytes can show.
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
    /** Markdown (RFC 7763). */
    public static final String MARKDOWN = "text/markdown";
    /** JSON. */
    public static final String JSON = "application/json";
    /** PDF. */
    public static final String PDF = "application/pdf";
    /** Bytes of no known kind. */
    public static final String UNKNOWN = "application/octet-stream";

    /** What the stage parse reads, or has the office plugin read. */
    public static final List<String> PARSEABLE = Stream.concat(
                    Stream.of(JATS, XML, XHTML, HTML, MARKDOWN, TEXT, JSON, PDF), OfficeTypes.ALL.stream())
            .toList();

    /** Of all characters of a text, one in so many may be a control character. */
    private static final int CONTROL_SHARE = 100;

    private static final Pattern MARKDOWN_NAME =
            Pattern.compile(".*\\.(?:md|markdown|mdown|mkdn?)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern WHOLE_PAGE =
            Pattern.compile("[\\s\\uFEFF]*+<(?:!doctype|html|\\?xml)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private MediaTypes() {}

    /**
     * The media type of a payload's bytes. A zip file whose first bytes do not say what is in it is what its name says. Text is
     * Markdown when its name or its declared type says so, also when it begins with
     * an element of HTML or with brackets, but not when it is a whole page.
     *
     * @param head as {@link #of(byte[])}
     */
    public static String of(byte[] head, Payload declared) {
        String type = of(head);
        if (type.equals(Signature.ZIP)) {
            return OfficeTypes.ofName(declared.name()).orElse(type);
        }
        boolean mayBe = type.equals(TEXT)
                || type.equals(JSON)
                || ((type.equals(HTML) || type.equals(XML))
                        && !WHOLE_PAGE.matcher(text(head)).matches());
        return mayBe && isMarkdown(declared) ? MARKDOWN : type;
    }

    private static boolean isMarkdown(Payload declared) {
        return declared.mediaType().matches("text/(?:x-)?markdown(?:\\s*;.*)?")
                || MARKDOWN_NAME.matcher(declared.name()).matches();
    }

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
        String text = text(head);
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
        if (JsonShape.isJson(text, start, head.length >= HEAD)) {
            return JSON;
        }
        return looksLikeText(text) ? TEXT : UNKNOWN;
    }

    /** The one sentence for a type that no parser here reads. */
    public static StageFailure notParseable(Payload payload) {
        return StageFailure.permanent(
                "unsupported_media_type",
                OfficeTypes.before2007(payload)
                        .orElse(
                                payload.shownName() + " is " + payload.mediaType()
                                        + ", which this version cannot parse; it takes PDF, JATS or other XML, HTML, Markdown, plain"
                                        + " text, ClinicalTrials.gov JSON and, with the office plugin, docx, pptx, xlsx and odt."));
    }

    /**
     * The head as text, in the charset that the parsers will find ({@link TextDecoder}): UTF-16 and UTF-32 by mark or zero bytes,
     * UTF-8 when it is that, else any of the charsets that have ASCII in its place, whose other letters are then only any.
     */
    private static String text(byte[] head) {
        Charset wide = TextDecoder.ofMarkOrZeros(head);
        if (wide != null) {
            return new String(head, wide);
        }
        String utf8 = new String(head, StandardCharsets.UTF_8);
        // A multi-byte character may be cut at the end of the head: one U+FFFD there says nothing.
        int broken = utf8.indexOf('\uFFFD');
        boolean whole = broken < 0 || (head.length == HEAD && broken >= utf8.length() - 3);
        return whole ? utf8 : new String(head, StandardCharsets.ISO_8859_1);
    }

    /** No zero, and hardly a control character; colours and overstriking of terminals are no sign of anything. */
    private static boolean looksLikeText(String text) {
        long controls = Terminal.plain(text)
                .chars()
                .filter(c -> c < ' ' && !Character.isWhitespace(c))
                .count();
        return text.indexOf('\0') < 0 && controls * CONTROL_SHARE <= text.length();
    }
}
