package dev.callboard.executors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.regex.RegularExpression;
import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.model.Violation;
import dev.callboard.spi.StageFailure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema (2020-12 unless it says otherwise) that outputs must pass. It reads nothing from elsewhere, and its patterns
 * are RE2's, which take linear time.
 */
final class OutputSchema {
    private static final int MAX_PATTERN = 1_000;
    private static final int MAX_VIOLATIONS = 20;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Map<String, @Nullable Object> text;
    private final JsonSchema schema;

    private OutputSchema(Map<String, @Nullable Object> text, JsonSchema schema) {
        this.text = text;
        this.schema = schema;
    }

    /**
     * A text, read.
     *
     * @param value what it says, null too when there are violations
     * @param violations what is wrong with it, none if it passes
     */
    record Reading(@Nullable Object value, List<Violation> violations) {
        Reading {
            violations = List.copyOf(violations);
        }
    }

    /** @throws StageFailure when it is no schema that can be used */
    static OutputSchema of(Map<String, @Nullable Object> text) throws StageFailure {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.add(iri -> {
                    throw new JsonSchemaException("'" + iri + "' is not part of it");
                })));
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .locale(Locale.ENGLISH)
                .regularExpressionFactory(OutputSchema::pattern)
                .build();
        try {
            JsonSchema schema = factory.getSchema(MAPPER.<JsonNode>valueToTree(text), config);
            schema.initializeValidators();
            return new OutputSchema(text, schema);
        } catch (JsonSchemaException | PatternSyntaxException e) {
            throw unusable(e);
        } catch (StackOverflowError e) {
            throw endless();
        }
    }

    private static StageFailure endless() {
        return StageFailure.permanent(
                "invalid_schema", "The output schema cannot be used: it refers to itself without end.");
    }

    private static StageFailure unusable(RuntimeException e) {
        return StageFailure.permanent("invalid_schema", "The output schema cannot be used: " + e.getMessage() + ".");
    }

    private static RegularExpression pattern(String text) {
        if (text.length() > MAX_PATTERN) {
            throw new JsonSchemaException("a pattern is longer than " + MAX_PATTERN + " characters");
        }
        Pattern pattern = Pattern.compile(text);
        return value -> pattern.matcher(value).find();
    }

    /** What to tell whoever is to answer. */
    String instructions() {
        return isText()
                ? ""
                : "\n\nAnswer with one JSON value and nothing else: no introduction, no explanation. It must be valid against"
                        + " this JSON Schema:\n" + Json.writePretty(text);
    }

    /** A schema of a text: the answer is that text as it stands, not a JSON string. */
    private boolean isText() {
        return "string".equals(text.get("type"));
    }

    /**
     * Reads and checks an answer: the JSON alone, or the first block between {@code ```} fences.
     *
     * @throws StageFailure when the schema turns out to be none that can be used
     */
    Reading read(String answer) throws StageFailure {
        Object value;
        try {
            value = isText() ? answer.strip() : Json.parse(json(answer));
        } catch (JsonSyntaxException e) {
            return new Reading(
                    null,
                    List.of(new Violation(
                            "",
                            "It is not JSON: %s (line %d, column %d)"
                                    .formatted(e.getMessage(), e.line(), e.column()))));
        }
        try {
            return new Reading(
                    value,
                    schema.validate(MAPPER.<JsonNode>valueToTree(value)).stream()
                            .limit(MAX_VIOLATIONS)
                            .map(message ->
                                    new Violation(message.getInstanceLocation().toString(), message.getMessage()))
                            .toList());
        } catch (JsonSchemaException e) {
            throw unusable(e);
        } catch (StackOverflowError e) {
            throw endless();
        }
    }

    private static String json(String answer) {
        String text = answer.strip();
        int fence = text.startsWith("```") ? 0 : text.indexOf("\n```") + 1;
        if (text.startsWith("{") || text.startsWith("[") || !text.startsWith("```", fence)) {
            return text;
        }
        int start = text.indexOf('\n', fence);
        int end = start < 0 ? -1 : text.indexOf("\n```", start);
        return start < 0 ? text : text.substring(start + 1, end < start + 1 ? text.length() : end);
    }
}
