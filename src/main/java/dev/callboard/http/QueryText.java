package dev.callboard.http;

import dev.callboard.json.JsonSyntaxException;
import dev.callboard.json.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads percent-encoded text strictly: whole escapes of valid UTF-8, and nothing that two readers would take apart. */
final class QueryText {
    private QueryText() {}

    /** A text that cannot be read; the message says why, without its name. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final String why;

        Unreadable(String why) {
            super(why, null, false, false);
            this.why = why;
        }

        /** What is wrong, to stand behind the name. */
        String why() {
            return why;
        }
    }

    /**
     * The raw values of each parameter, in order; their names are decoded.
     *
     * @param query what follows the question mark; null and empty have none
     */
    static Map<String, List<String>> parameters(@Nullable String query) throws Unreadable {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String piece : (query == null ? "" : query).split("&")) {
            if (!piece.isEmpty()) {
                int equals = piece.indexOf('=');
                String name = decode(equals < 0 ? piece : piece.substring(0, equals));
                parameters
                        .computeIfAbsent(name, first -> new ArrayList<>())
                        .add(equals < 0 ? "" : piece.substring(equals + 1));
            }
        }
        return parameters;
    }

    /** Decodes a name or a value of a query; {@code +} is a blank. */
    static String decode(String raw) throws Unreadable {
        if (raw.indexOf(';') >= 0) {
            throw new Unreadable("has a semicolon, which is written as %3B");
        }
        return unescape(raw.replace('+', ' '));
    }

    /** Decodes the escapes of a text. */
    static String unescape(String raw) throws Unreadable {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        byte[] read = raw.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < read.length; i++) {
            if (read[i] == '%') {
                int high = i + 3 <= read.length ? Character.digit(read[i + 1], 16) : -1;
                int low = i + 3 <= read.length ? Character.digit(read[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new Unreadable("has a '%' that is not followed by two hexadecimal digits");
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(read[i]);
            }
        }
        try {
            return Utf8.decode(bytes.toByteArray());
        } catch (JsonSyntaxException e) {
            throw new Unreadable("has escapes that are not valid UTF-8");
        }
    }
}
