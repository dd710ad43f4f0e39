package dev.callboard.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds where a JSON Pointer points to in a text. */
public final class JsonPointers {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonPointers() {}

    /**
     * A place in a text.
     *
     * @param line from 1
     * @param column in characters, from 1
     */
    public record Position(int line, int column) {}

    /** The pointer to a member of what another one points to; the key's {@code ~} and {@code /} are escaped (RFC 6901). */
    public static String member(String pointer, @Nullable Object key) {
        return pointer + "/" + String.valueOf(key).replace("~", "~0").replace("/", "~1");
    }

    /** The place of the value, or of the nearest container around it when it is missing. */
    public static Position find(String text, String pointer) {
        Position best = new Position(1, 1);
        int bestLength = -1;
        try (JsonParser parser = FACTORY.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String here = parser.getParsingContext().pathAsPointer().toString();
                boolean onTheWay = pointer.equals(here) || pointer.startsWith(here + "/");
                if (token != JsonToken.FIELD_NAME && onTheWay && here.length() > bestLength) {
                    JsonLocation at = parser.currentTokenLocation();
                    best = new Position(at.getLineNr(), at.getColumnNr());
                    bestLength = here.length();
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the text is not JSON", e);
        }
        return best;
    }
}
