package dev.callboard.executors;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSchemas;
import dev.callboard.json.JsonSchemas.UnusableException;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.problem.Violation;
import dev.callboard.spi.StageFailure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema that what programs and models write must pass, within the bounds of {@link JsonSchemas}.
 */
final class OutputSchema {
    private static final int MAX_VIOLATIONS = 20;

    private final Map<String, @Nullable Object> text;
    private final JsonSchemas schema;

    private OutputSchema(Map<String, @Nullable Object> text, JsonSchemas schema) {
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
        try {
            return new OutputSchema(text, JsonSchemas.of(text));
        } catch (UnusableException e) {
            throw unusable(e);
        }
    }

    private static StageFailure unusable(UnusableException e) {
        return StageFailure.permanent("invalid_schema", "The output schema cannot be used: " + e.getMessage() + ".");
    }

    /** What to say to whoever is to answer. */
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
                    schema.check(value, "").stream()
                            .limit(MAX_VIOLATIONS)
                            .map(OutputSchema::withPlace)
                            .toList());
        } catch (UnusableException e) {
            throw unusable(e);
        }
    }

    /** Who is to answer again reads sentences only, so the place is in them. */
    private static Violation withPlace(Violation violation) {
        return violation.pointer().isEmpty()
                ? violation
                : new Violation(violation.pointer(), violation.pointer() + ": " + violation.detail());
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
