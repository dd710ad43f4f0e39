package dev.callboard.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON in and out.
 *
 * <p>Values read from outside are plain: {@code null}, Boolean, Integer, Long, BigInteger, Double, String, List and
 * (insertion-ordered) Map. Records are written in snake_case, without null components.
 */
public final class Json {
    /** The deepest nesting that is read. */
    public static final int MAX_DEPTH = 64;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxNumberLength(1_000)
            .maxNameLength(1_000)
            .maxStringLength(100_000_000)
            .build();

    private static final JsonMapper STRICT = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private static final JsonMapper WHOLE = MAPPER.rebuild()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
            .build();

    private Json() {}

    /**
     * Reads JSON from outside: strict UTF-8, no duplicate or prototype keys, no trailing text, depth at most
     * {@value #MAX_DEPTH}, only numbers that a double can hold.
     *
     * @throws JsonSyntaxException with line, column and reason
     */
    public static @Nullable Object parse(byte[] bytes) {
        CharBuffer text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new JsonSyntaxException("The text is not valid UTF-8.", 1, 1);
        }
        return parse(text.toString());
    }

    /** As {@link #parse(byte[])}, for text. */
    public static @Nullable Object parse(String text) {
        Object value;
        try (JsonParser parser = STRICT.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new JsonSyntaxException("The text is empty.", 1, 1);
            }
            value = STRICT.readValue(parser, Object.class);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
            throw new JsonSyntaxException(
                    plain(e.getOriginalMessage()), Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
        } catch (IOException e) {
            throw new JsonSyntaxException(String.valueOf(e.getMessage()), 1, 1);
        }
        check(value, "");
        return value;
    }

    /** Without the parser's own remarks on where it read from. */
    private static String plain(String message) {
        return message.replaceAll(" ?\\(start marker at [^)]*\\)\\)?", "")
                .replaceAll("\\[Source: [^\\]]*\\]", "")
                .strip();
    }

    private static void check(@Nullable Object value, String pointer) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> {
                if ("__proto__".equals(key)) {
                    throw new JsonSyntaxException("The key '__proto__' at '" + pointer + "' is not allowed.", 1, 1);
                }
                check(member, pointer + "/" + key);
            });
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                check(list.get(i), pointer + "/" + i);
            }
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            throw new JsonSyntaxException("The number at '" + pointer + "' is out of range.", 1, 1);
        } else if (value instanceof String text && hasLoneSurrogate(text)) {
            throw new JsonSyntaxException("The text at '" + pointer + "' has half of a surrogate pair.", 1, 1);
        }
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** Writes a record or a plain value in one line. */
    public static String write(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Writes a record or a plain value as UTF-8 in one line. */
    public static byte[] writeBytes(@Nullable Object value) {
        return write(value).getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a record or a plain value for people: indented, with a line end. */
    public static String writePretty(@Nullable Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Turns a record into a plain value. */
    public static @Nullable Object plain(@Nullable Object value) {
        return MAPPER.convertValue(value, Object.class);
    }

    /** Turns a record into a plain object in which components without a value are there, as null. */
    public static Map<String, @Nullable Object> whole(Record value) {
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        ((Map<?, ?>) WHOLE.convertValue(value, Map.class))
                .forEach((key, member) -> whole.put(String.valueOf(key), member));
        return whole;
    }

    /** Reads JSON that this server wrote. */
    public static <T> T read(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
