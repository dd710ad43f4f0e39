package dev.callboard.embed.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.callboard.embed.model.Embedding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * The JSON of <a href="https://platform.openai.com/docs/api-reference/embeddings/create">OpenAI's embeddings</a>: {@code {"model",
 * "input": [text, …], "encoding_format": "float", "dimensions"?}} is answered by {@code {"data": [{"index", "embedding":
 * [number, …]}, …]}}.
 */
final class EmbeddingJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(100)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private EmbeddingJson() {}

    /** An answer that cannot be used; the message is the end of a sentence about it. */
    static final class WrongAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        WrongAnswer(String what) {
            super(what, null, false, false);
        }
    }

    /** @param dimensions 0 to ask for none */
    static byte[] request(String model, int dimensions, List<String> texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("model", model);
            json.writeArrayFieldStart("input");
            for (String text : texts) {
                json.writeString(wellFormed(text));
            }
            json.writeEndArray();
            json.writeStringField("encoding_format", "float");
            if (dimensions > 0) {
                json.writeNumberField("dimensions", dimensions);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /** Half of a surrogate pair has no place in UTF-8. */
    private static String wellFormed(String text) {
        if (text.chars().noneMatch(each -> Character.isSurrogate((char) each))) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints()
                .map(each -> each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE ? 0xFFFD : each)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }

    /**
     * The vectors of an answer.
     *
     * @param count how many there must be
     * @param dimensions of each, 0 for any number
     */
    static List<Embedding> answer(byte[] body, int count, int dimensions) throws WrongAnswer {
        Embedding[] found = new Embedding[count];
        try (JsonParser json = JSON.createParser(body)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "is not a JSON object");
            boolean data = false;
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                if (name.equals("data")) {
                    data = true;
                    readData(json, found, dimensions);
                } else {
                    json.skipChildren();
                }
            }
            require(data, "has no list 'data'");
        } catch (JsonProcessingException e) {
            throw new WrongAnswer("is not valid JSON");
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be read", e);
        }
        for (Embedding each : found) {
            require(each != null, "has not a vector for each of the " + count + " texts");
            require(
                    each.vector().length == found[0].vector().length,
                    "has vectors of different dimensions: " + found[0].vector().length + " and "
                            + each.vector().length);
        }
        return List.of(found);
    }

    private static void readData(JsonParser json, Embedding[] found, int dimensions) throws IOException, WrongAnswer {
        require(json.currentToken() == JsonToken.START_ARRAY, "has no list 'data'");
        for (int place = 0; json.nextToken() != JsonToken.END_ARRAY; place++) {
            require(json.currentToken() == JsonToken.START_OBJECT, "has something else than objects in 'data'");
            int index = place;
            Embedding embedding = null;
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if (name.equals("index")) {
                    require(value == JsonToken.VALUE_NUMBER_INT, "has an index that is not a whole number");
                    index = json.getIntValue();
                } else if (name.equals("embedding")) {
                    embedding = vector(json, dimensions);
                } else {
                    json.skipChildren();
                }
            }
            require(embedding != null, "has an entry without a vector");
            require(index >= 0 && index < found.length, "has more vectors than the " + found.length + " texts");
            require(found[index] == null, "has two vectors for one text");
            found[index] = embedding;
        }
    }

    private static Embedding vector(JsonParser json, int dimensions) throws IOException, WrongAnswer {
        require(json.currentToken() == JsonToken.START_ARRAY, "has a vector that is not a list of numbers");
        double[] numbers = new double[dimensions > 0 ? dimensions : 1024];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken().isNumeric(), "has a vector that is not a list of numbers");
            require(count < EndpointConfig.MAX_DIMENSIONS, "has vectors of more dimensions than can be used");
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, count * 2);
            }
            numbers[count++] = json.getDoubleValue();
        }
        require(
                dimensions == 0 || count == dimensions,
                "has vectors of " + count + " dimensions and not of the " + dimensions + " that were asked for");
        try {
            return Embedding.of(Arrays.copyOf(numbers, count), false);
        } catch (ArithmeticException e) {
            throw new WrongAnswer("has " + e.getMessage());
        }
    }

    private static void require(boolean condition, String otherwise) throws WrongAnswer {
        if (!condition) {
            throw new WrongAnswer(otherwise);
        }
    }
}
