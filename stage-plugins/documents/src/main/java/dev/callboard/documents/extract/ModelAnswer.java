package dev.callboard.documents.extract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import dev.callboard.documents.input.StrictJson;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a model says of some parts of a document, once it fits {@code model-answer.schema.json} beside this class. Whether it is
 * true of the text is for {@link ModelExtraction} to check.
 */
record ModelAnswer(List<Named> entities, List<Stated> claims) {
    private static final int SHOWN_VIOLATIONS = 5;
    private static final int MAX_STRING = 100_000;
    private static final ObjectMapper MAPPER = StrictJson.mapper(MAX_STRING);

    /** A thing that the text names. */
    record Named(String name, String type) {}

    /**
     * A claim about two named things.
     *
     * @param part the number of the part that is quoted, counted from 1
     */
    record Stated(String subject, String predicate, String object, int part, String quote) {}

    /** The answer does not fit; the message says where, for the model. */
    static final class NotValid extends Exception {
        private static final long serialVersionUID = 1L;

        NotValid(String message) {
            super(message, null, false, false);
        }
    }

    /** Made on first use: it costs some 200 ms, which loading the plugin need not. */
    private static final class Loaded {
        private static final String TEXT = text();
        private static final JsonSchema SCHEMA = schema();

        private static String text() {
            try (InputStream in = ModelAnswer.class.getResourceAsStream("model-answer.schema.json")) {
                if (in == null) {
                    throw new FileNotFoundException("this plugin's jar lacks model-answer.schema.json");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("the schema in this plugin's jar cannot be read", e);
            }
        }

        private static JsonSchema schema() {
            JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                    VersionFlag.V202012,
                    builder -> builder.schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance())));
            SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                    .pathType(PathType.JSON_POINTER)
                    .locale(Locale.ROOT)
                    .build();
            try {
                return factory.getSchema(MAPPER.readTree(TEXT), config);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException("the schema in this plugin's jar is not valid JSON", e);
            }
        }
    }

    /** The schema, for the model. */
    static String schema() {
        return Loaded.TEXT;
    }

    /** Reads an answer, also one that the model has put into a fenced block of Markdown. */
    static ModelAnswer of(String answer) throws NotValid {
        String json = answer.strip().replaceAll("^```[a-z]*\\s*|\\s*```$", "");
        JsonNode node;
        try {
            node = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new NotValid("it is not valid JSON: " + e.getOriginalMessage().replaceAll("\\s+", " "));
        }
        List<ValidationMessage> violations = List.copyOf(Loaded.SCHEMA.validate(node));
        if (!violations.isEmpty()) {
            throw new NotValid(violations.stream()
                    .limit(SHOWN_VIOLATIONS)
                    .map(ValidationMessage::getMessage)
                    .collect(Collectors.joining("; ")));
        }
        List<Named> entities = new ArrayList<>();
        node.path("entities")
                .forEach(each -> entities.add(
                        new Named(each.path("name").asText(), each.path("type").asText())));
        List<Stated> claims = new ArrayList<>();
        node.path("claims")
                .forEach(each -> claims.add(new Stated(
                        each.path("subject").asText(),
                        each.path("predicate").asText(),
                        each.path("object").asText(),
                        each.path("part").asInt(),
                        each.path("quote").asText())));
        return new ModelAnswer(entities, claims);
    }
}
