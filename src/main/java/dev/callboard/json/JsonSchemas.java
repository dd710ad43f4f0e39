package dev.callboard.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.re2j.Pattern;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.regex.RegularExpression;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema that values must pass, 2020-12 unless it says otherwise. Users write it, so it is bounded: it reads nothing
 * from elsewhere, its patterns are those of {@link UserPatterns}, it does not refer to itself
 * without end, and checking a value takes at most so many steps as {@link SchemaBounds} and {@link SchemaSteps} allow.
 */
public final class JsonSchemas {
    private static final int MAX_VIOLATIONS = 50;

    /** How many characters are compared with how many steps of patterns while one value is checked: some seconds' worth. */
    private static final long MAX_MATCHING = 1_000_000_000;

    private static final JsonMapper MAPPER = new JsonMapper();

    private final JsonSchema schema;
    private final AtomicLong matching;

    private JsonSchemas(JsonSchema schema, AtomicLong matching) {
        this.schema = schema;
        this.matching = matching;
    }

    /** A schema that cannot be used; the message says why, without a full stop. */
    public static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1;

        UnusableException(String message) {
            super(message);
        }
    }

    /**
     * Reads a schema.
     *
     * @throws UnusableException when it is none that can be used
     */
    public static JsonSchemas of(Map<String, ?> schema) throws UnusableException {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                VersionFlag.V202012, builder -> builder.metaSchemas(SchemaSteps.countingDrafts())
                        .schemaLoaders(loaders -> loaders.add(iri -> {
                            throw new JsonSchemaException("'" + iri + "' is not part of it");
                        })));
        AtomicLong matching = new AtomicLong();
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .locale(Locale.ENGLISH)
                .preloadJsonSchema(false)
                .regularExpressionFactory(text -> pattern(text, matching))
                .build();
        JsonNode text = MAPPER.valueToTree(schema);
        try {
            SchemaBounds.check(text);
            return new JsonSchemas(factory.getSchema(text, config), matching);
        } catch (JsonSchemaException e) {
            throw new UnusableException(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            throw endless();
        }
    }

    private static UnusableException endless() {
        return new UnusableException("it refers to itself without end");
    }

    private static RegularExpression pattern(String text, AtomicLong matching) {
        Pattern pattern = SchemaBounds.pattern(text);
        return value -> {
            if (matching.addAndGet(-(long) pattern.programSize() * value.length()) < 0) {
                throw new JsonSchemaException("comparing the value with its patterns takes too many steps");
            }
            return pattern.matcher(value).find();
        };
    }

    /**
     * What is wrong with a value, at most {@value #MAX_VIOLATIONS} things.
     *
     * @param value JSON-shaped
     * @param pointer where the value stands; each violation's pointer begins with it
     * @throws UnusableException when the schema turns out to be none that can be used
     */
    public synchronized List<Violation> check(@Nullable Object value, String pointer) throws UnusableException {
        matching.set(MAX_MATCHING);
        try {
            JsonNode node = MAPPER.valueToTree(value);
            List<Violation> violations = new ArrayList<>();
            schema.validate(node, SchemaSteps.allowedFor(node)).stream()
                    .limit(MAX_VIOLATIONS)
                    .forEach(message -> violations.add(
                            new Violation(pointer + message.getInstanceLocation(), sentence(message.getMessage()))));
            return violations;
        } catch (JsonSchemaException e) {
            throw new UnusableException(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            throw endless();
        }
    }

    /** Builds all of it, so that what is wrong anywhere in it is found. */
    private void build() throws UnusableException {
        try {
            schema.initializeValidators();
        } catch (JsonSchemaException e) {
            throw new UnusableException(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            throw endless();
        }
    }

    /** The validator begins with the pointer, which stands beside. */
    static String sentence(String message) {
        return message.replaceFirst("^(/[^:]*)?: ", "");
    }

    /** Why a schema cannot be used; nothing when it can. */
    public static Optional<String> fault(Map<String, ?> schema) {
        return PlainSchema.is(schema) ? Optional.empty() : builtFault(schema);
    }

    static Optional<String> builtFault(Map<String, ?> schema) {
        try {
            of(schema).build();
            return Optional.empty();
        } catch (UnusableException e) {
            return Optional.of("is not a usable JSON Schema: " + e.getMessage());
        }
    }

    /**
     * What is wrong with the form of a schema by the meta-schema of its draft, at most {@value #MAX_VIOLATIONS} things; nothing
     * of one that cannot be used at all, of which {@link #fault} says why.
     *
     * @param pointer where the schema stands; each violation's pointer begins with it
     */
    public static List<Violation> malformed(Map<String, ?> schema, String pointer) {
        return PlainSchema.is(schema) ? List.of() : checkedForm(schema, pointer);
    }

    static List<Violation> checkedForm(Map<String, ?> schema, String pointer) {
        JsonNode text = MAPPER.valueToTree(schema);
        try {
            SchemaBounds.check(text);
            return SchemaForm.faults(text).stream()
                    .limit(MAX_VIOLATIONS)
                    .map(each -> new Violation(pointer + each.pointer(), each.detail()))
                    .toList();
        } catch (JsonSchemaException | StackOverflowError e) {
            return List.of();
        }
    }

    /** As {@link #check(Object, String)}; a schema that cannot be used is a violation. */
    public static List<Violation> check(Map<String, ?> schema, @Nullable Object value, String pointer) {
        try {
            return of(schema).check(value, pointer);
        } catch (UnusableException e) {
            return List.of(
                    new Violation(pointer, "cannot be checked: the output schema cannot be used: " + e.getMessage()));
        }
    }
}
