package dev.callboard.download;

import dev.callboard.spi.net.WebAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hc.core5.http.HeaderElement;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicHeaderValueParser;
import org.apache.hc.core5.http.message.ParserCursor;

/** What a file is called. Never a path, whatever a server says. */
final class FileName {
    private static final int MAX = 120;

    private FileName() {}

    /**
     * Chooses: the wanted name, else the server's, else the last part of the address.
     *
     * @param disposition the header Content-Disposition
     */
    static String of(String wanted, Optional<String> disposition, WebAddress address) {
        String name = safe(wanted);
        if (name.isEmpty()) {
            name = safe(disposition.map(FileName::fromHeader).orElse(""));
        }
        if (name.isEmpty()) {
            name = safe(decoded(address.lastSegment()));
        }
        return name.isEmpty() ? "download" : name;
    }

    private static String fromHeader(String header) {
        String plain = "";
        for (HeaderElement element :
                BasicHeaderValueParser.INSTANCE.parseElements(header, new ParserCursor(0, header.length()))) {
            for (NameValuePair parameter : element.getParameters()) {
                String value = parameter.getValue() == null ? "" : parameter.getValue();
                if (parameter.getName().equalsIgnoreCase("filename*")) {
                    String[] parts = value.split("'", 3);
                    if (parts.length == 3 && parts[0].equalsIgnoreCase("utf-8")) {
                        return decoded(parts[2]);
                    }
                } else if (parameter.getName().equalsIgnoreCase("filename")) {
                    plain = value;
                }
            }
        }
        return plain;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** The last part of a path, printable, at most 120 characters, no dot in front; possibly empty. */
    private static String safe(String text) {
        String last = text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
        String name = last.replaceAll("[\\p{C}\\u2028\\u2029]", "")
                .replaceAll("[<>:\"|?*]", "_")
                .strip()
                .replaceFirst("^[.\\s]+", "")
                .replaceFirst("[.\\s]+$", "");
        return name.codePointCount(0, name.length()) <= MAX ? name : shortened(name);
    }

    private static String shortened(String name) {
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && name.length() - dot <= 12 ? name.substring(dot) : "";
        return name.substring(0, name.offsetByCodePoints(0, MAX - ending.length())) + ending;
    }
}
