package dev.callboard.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.callboard.problem.JsonDepth;
import dev.callboard.problem.ServerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * JSON in and out.
 *
 * <p>Values read from outside are plain: {@code null}, Boolean, Integer, Long, BigInteger, Double, String, List and
 * (insertion-ordered) Map. Records are written in snake_case, without null components.
 */
public final class Json {
    /** The most digits of a number, the most characters of a key and of any other text. */
    static final int MAX_DIGITS = 1_000;

    static final int MAX_KEY = 1_000;
    static final int MAX_STRING = 100_000_000;

    private static final JsonFactory STRICT = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonDepth.DOCUMENT)
                    .maxNumberLength(MAX_DIGITS)
                    .maxNameLength(MAX_KEY)
                    .maxStringLength(MAX_STRING)
                    .build())
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public boolean hasIgnoreMarker(AnnotatedMember member) {
                    return super.hasIgnoreMarker(member) || member.hasAnnotation(ServerOnly.class);
                }
            })
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

    /** Leaves open what it writes to. */
    private static final ObjectWriter OPEN = MAPPER.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private Json() {}

    /**
     * Reads JSON from outside: strict UTF-8, no duplicate or prototype keys, no trailing text, depth at most
     * {@value JsonDepth#DOCUMENT}, only numbers that a double can hold.
     *
     * @throws JsonSyntaxException with line, column and reason
     */
    public static @Nullable Object parse(byte[] bytes) {
        return parse(Utf8.decode(bytes));
    }

    /** As {@link #parse(byte[])}, for text. */
    public static @Nullable Object parse(String text) {
        try (JsonParser parser = STRICT.createParser(text)) {
            return JsonReader.read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be read", e);
        }
    }

    /**
     * As {@link #parse(byte[])}, for bytes that are not held beside the value; reads to the end.
     *
     * @throws IOException when they cannot be read
     */
    public static @Nullable Object parse(InputStream bytes) throws IOException {
        // Reports what it cannot read, unless configured otherwise.
        Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = STRICT.createParser(text)) {
            return JsonReader.read(parser);
        } catch (CharacterCodingException e) {
            throw new JsonSyntaxException("The text is not valid UTF-8.", 1, 1);
        }
    }

    /** Writes a record or a plain value as UTF-8 in one line, piece by piece; the stream stays open. */
    public static void write(@Nullable Object value, OutputStream bytes) throws IOException {
        Writer text = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
        OPEN.writeValue(text, value);
        text.flush();
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

    /** Writes a record in one line, components without a value as null; as {@link #whole}, without making a map. */
    public static String writeWhole(Record value) {
        return text(WHOLE.writer(), value);
    }

    /**
     * Writes records of a type as {@link #writeWhole} does, without some of their members.
     *
     * @param members as they are called in JSON
     */
    public static Function<Record, String> writerWithout(Class<? extends Record> type, String... members) {
        JsonMapper mapper = WHOLE.rebuild()
                .withConfigOverride(
                        type,
                        override -> override.setIgnorals(JsonIgnoreProperties.Value.forIgnoredProperties(members)))
                .build();
        ObjectWriter writer = mapper.writerFor(type);
        return value -> text(writer, value);
    }

    private static String text(ObjectWriter writer, Record value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
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
