package dev.callboard.documents.parse;

import dev.callboard.spi.StageFailure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes XML as its appendix F says: by the byte order mark, else by where the zero bytes of UTF-16 stand, else by the
 * XML declaration, else as UTF-8. Strict, and done here because the JDK's reader prints bytes that do not fit to
 * standard error.
 */
final class XmlCharset {
    private static final int DECLARATION = 200;
    private static final Pattern ENCODING =
            Pattern.compile("\\A\\s*<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']");

    private XmlCharset() {}

    /** The text of a document, without its byte order mark. */
    static String decode(Source source) throws StageFailure {
        Charset charset = charset(source);
        try {
            String text =
                    charset.newDecoder().decode(ByteBuffer.wrap(source.bytes())).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw source.unreadable("is not well-formed XML: it has bytes that are not " + charset.name());
        }
    }

    private static Charset charset(Source source) throws StageFailure {
        byte[] bytes = source.bytes();
        int b0 = bytes.length > 1 ? bytes[0] & 0xFF : -1;
        int b1 = bytes.length > 1 ? bytes[1] & 0xFF : -1;
        if ((b0 == 0xFE && b1 == 0xFF) || (b0 == 0 && b1 == '<')) {
            return StandardCharsets.UTF_16BE;
        }
        if ((b0 == 0xFF && b1 == 0xFE) || (b0 == '<' && b1 == 0)) {
            return StandardCharsets.UTF_16LE;
        }
        if (b0 == 0xEF && b1 == 0xBB) {
            return StandardCharsets.UTF_8;
        }
        String start = new String(bytes, 0, Math.min(bytes.length, DECLARATION), StandardCharsets.ISO_8859_1);
        Matcher declared = ENCODING.matcher(start);
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            Charset charset = Charset.forName(declared.group(1));
            // What could be read as ASCII up to here is not UTF-16, whatever it says.
            return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32")
                    ? StandardCharsets.UTF_8
                    : charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw source.unreadable("declares the charset " + declared.group(1) + ", which is not known");
        }
    }
}
