package dev.callboard.download;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Media types: those of a header, and those that the first bytes show. */
final class MediaTypes {
    /** How many bytes {@link #sniffed} looks at. */
    static final int HEAD = 1024;

    static final String UNKNOWN = "application/octet-stream";

    private static final Set<String> SAY_NOTHING = Set.of(
            UNKNOWN,
            "binary/octet-stream",
            "application/x-octet-stream",
            "application/force-download",
            "application/unknown",
            "unknown/unknown");

    private static final Map<String, String> SIGNATURES = Map.of(
            "%PDF-", "application/pdf",
            "PK\u0003\u0004", "application/zip",
            "\u001F\u008B\b", "application/gzip",
            "\u0089PNG\r\n\u001A\n", "image/png",
            "\u00FF\u00D8\u00FF", "image/jpeg",
            "GIF8", "image/gif");

    private MediaTypes() {}

    /** The type that a header names, in lower case without parameters; empty when it names none or says nothing. */
    static String named(String header) {
        String type = header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.matches("[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+") && !SAY_NOTHING.contains(type) ? type : "";
    }

    /** The type that the first bytes show; {@link #UNKNOWN} when they show none. */
    static String sniffed(byte[] head) {
        String latin = new String(head, StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> signature : SIGNATURES.entrySet()) {
            if (latin.startsWith(signature.getKey())) {
                return signature.getValue();
            }
        }
        if (head.length == 0 || latin.indexOf('\0') >= 0 || !isUtf8(head)) {
            return UNKNOWN;
        }
        String text = new String(head, StandardCharsets.UTF_8)
                .replaceFirst("^\uFEFF", "")
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return "text/html";
        }
        if (text.startsWith("<?xml")) {
            return text.contains("<html") ? "application/xhtml+xml" : "application/xml";
        }
        return text.matches("(?s)(\\{\\s*[\"}]|\\[\\s*[\\[{\"\\]]).*") ? "application/json" : "text/plain";
    }

    /** A character that is cut off at the end does not matter. */
    private static boolean isUtf8(byte[] head) {
        for (int cut = 0; cut < 4 && cut < head.length; cut++) {
            try {
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(head, 0, head.length - cut));
                return true;
            } catch (CharacterCodingException e) {
                if (head.length < HEAD) {
                    return false;
                }
            }
        }
        return false;
    }

    /** Whether a list of types, {@code text/*} among them, has this one; an empty list has all. */
    static boolean accepts(List<String> types, String type) {
        return types.isEmpty()
                || types.contains("*/*")
                || types.stream()
                        .anyMatch(each -> each.endsWith("/*")
                                ? type.startsWith(each.substring(0, each.length() - 1))
                                : each.equals(type));
    }

    /** Whether bytes of this type are compressed by themselves, so that a Content-Encoding of gzip means no more. */
    static boolean isGzip(String type) {
        return type.equals("application/gzip") || type.equals("application/x-gzip") || type.endsWith("+gzip");
    }
}
