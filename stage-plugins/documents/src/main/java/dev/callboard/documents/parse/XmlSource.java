package dev.callboard.documents.parse;

import dev.callboard.documents.charset.Decoded;
import dev.callboard.documents.charset.TextDecoder;
import dev.callboard.spi.StageFailure;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The characters of an XML document, as a strict XML reader takes them: decoded by byte order mark, zero bytes, UTF-8 or its
 * declaration ({@link TextDecoder}), without white space before the declaration, and with the characters that only a DTD
 * names put in ({@link XmlEntities}).
 */
final class XmlSource {
    private static final int DECLARATION = 400;
    private static final Pattern ENCODING =
            Pattern.compile("\\A\\s*<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._:-]*)[\"']");

    private XmlSource() {}

    /** The text of a document. */
    static String of(Source source) throws StageFailure {
        byte[] bytes = source.bytes();
        String label = label(bytes);
        Decoded decoded = TextDecoder.decode(bytes, label);
        if (decoded == null) {
            throw source.unreadable("is not well-formed XML: it has bytes that are not "
                    + (label.isEmpty() ? "UTF-8, the charset of XML that names none" : label));
        }
        String text = decoded.text();
        String stripped = text.stripLeading();
        return XmlEntities.resolve(stripped.startsWith("<") ? stripped : text);
    }

    /** What the XML declaration calls the charset; empty when there is none. */
    static String label(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, DECLARATION), StandardCharsets.ISO_8859_1);
        Matcher declared = ENCODING.matcher(start.startsWith("\u00EF\u00BB\u00BF") ? start.substring(3) : start);
        return declared.find() ? declared.group(1) : "";
    }
}
