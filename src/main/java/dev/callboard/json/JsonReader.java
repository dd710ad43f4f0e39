package dev.callboard.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes plain values of the tokens of a text; errors say where they are. */
final class JsonReader {
    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads the whole text, which is one value. */
    static @Nullable Object read(JsonParser parser) throws IOException {
        JsonReader reader = new JsonReader(parser);
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new JsonSyntaxException("The text is empty.", 1, 1);
            }
            Object value = reader.value(first);
            if (parser.nextToken() != null) {
                throw reader.wrong("Something follows the value; a text of JSON is one value.");
            }
            return value;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            throw at(at, JsonFaults.plain(String.valueOf(e.getOriginalMessage())));
        }
    }

    private JsonSyntaxException wrong(String detail) {
        return at(parser.currentTokenLocation(), detail);
    }

    private static JsonSyntaxException at(JsonLocation place, String detail) {
        return new JsonSyntaxException(detail, Math.max(1, place.getLineNr()), Math.max(1, place.getColumnNr()));
    }

    private @Nullable Object value(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> list();
            case VALUE_STRING -> text(parser.getText());
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> number(parser.getText(), parser.getDoubleValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw wrong("A value was expected here.");
        };
    }

    private Map<String, @Nullable Object> object() throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            if (key.equals("__proto__")) {
                throw wrong("The key '__proto__' is not allowed.");
            }
            if (object.containsKey(key)) {
                throw wrong("Duplicate key '" + key + "'.");
            }
            object.put(text(key), value(parser.nextToken()));
        }
        return object;
    }

    private List<@Nullable Object> list() throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(value(token));
        }
        return list;
    }

    private Double number(String text, double number) {
        if (!Double.isFinite(number)) {
            throw wrong("The number is out of range.");
        }
        if (number == 0 && !isZero(text)) {
            throw wrong("The number is out of range: it is too close to 0 to be stored.");
        }
        return number;
    }

    private static boolean isZero(String text) {
        return text.chars()
                .takeWhile(digit -> digit != 'e' && digit != 'E')
                .noneMatch(digit -> digit >= '1' && digit <= '9');
    }

    private String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int c = text.codePointAt(i);
                if (c <= Character.MAX_SURROGATE) {
                    throw wrong("The string has half of a surrogate pair.");
                }
                i++;
            }
        }
        return text;
    }
}
