package dev.callboard.http;

import dev.callboard.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name in {@code X-Callboard-Actor}. A header carries bytes, and browsers put no letters beyond Latin-1 into one: so a
 * name may be percent-encoded UTF-8 ({@code Zo%C3%AB}). Plain bytes are read as UTF-8, else as Latin-1.
 */
final class Actor {
    static final String HEADER = "X-Callboard-Actor";

    /** Who acts when the request says nothing. */
    static final String NOBODY = "local";

    private static final int MAX_BYTES = 2_000;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N} ._@+'’-]{1,128}");
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

    /** Parts of the server that stand where a person's name could: nobody may look like one of them. */
    private static final Set<String> RESERVED = Set.of("engine", "rules", "model", "person");

    private Actor() {}

    /** The name that a header's value gives, {@value #NOBODY} for none. Fails with {@code invalid_actor}. */
    static String read(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return NOBODY;
        }
        String name = Normalizer.normalize(decode(header), Normalizer.Form.NFC).strip();
        if (!NAME.matcher(name).matches()) {
            throw invalid("must be 1 to 128 letters, digits, spaces or any of ._@+-'; others than ASCII ones are sent "
                    + "percent-encoded as UTF-8, such as Zo%C3%AB.");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw invalid("is '" + name + "', which stands for a part of Callboard. Choose another name.");
        }
        return name;
    }

    private static String decode(String header) {
        if (header.length() > MAX_BYTES) {
            throw invalid("is too long.");
        }
        boolean escaped = header.indexOf('%') >= 0;
        String bytes = escaped ? unescape(header) : header;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            if (escaped) {
                throw invalid("is not percent-encoded UTF-8, such as Zo%C3%AB.");
            }
            return header;
        }
    }

    private static String unescape(String header) {
        Matcher escapes = ESCAPE.matcher(header);
        StringBuilder bytes = new StringBuilder();
        while (escapes.find()) {
            String character = Character.toString((char) Integer.parseInt(escapes.group(1), 16));
            escapes.appendReplacement(bytes, Matcher.quoteReplacement(character));
        }
        return escapes.appendTail(bytes).toString();
    }

    private static ProblemException invalid(String detail) {
        return ProblemException.invalid("invalid_actor", HEADER + " " + detail);
    }
}
