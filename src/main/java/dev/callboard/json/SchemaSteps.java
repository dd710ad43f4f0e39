package dev.callboard.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.DynamicRefValidator;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonValidator;
import com.networknt.schema.Keyword;
import com.networknt.schema.RecursiveRefValidator;
import com.networknt.schema.RefValidator;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.Vocabularies;
import com.networknt.schema.Vocabulary;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Counts the references that are followed while one value is checked. A few definitions that each refer to the next one
 * twice would otherwise take longer than anybody waits.
 */
final class SchemaSteps {
    private static final String LEFT = "callboard.steps";
    private static final long BASE = 10_000;
    private static final long PER_VALUE = 100;
    private static final List<JsonMetaSchema> DRAFTS = List.of(
            counting(JsonMetaSchema.getV4()),
            counting(JsonMetaSchema.getV6()),
            counting(JsonMetaSchema.getV7()),
            counting(JsonMetaSchema.getV201909()),
            counting(JsonMetaSchema.getV202012()));

    private SchemaSteps() {}

    /** The drafts of JSON Schema that are known, with references that count. */
    static List<JsonMetaSchema> countingDrafts() {
        return DRAFTS;
    }

    /** Allows {@value #BASE} references, and {@value #PER_VALUE} more for each value within the value. */
    static Consumer<ExecutionContext> allowedFor(JsonNode value) {
        AtomicLong left = new AtomicLong(BASE + PER_VALUE * size(value));
        return context -> context.getCollectorContext().add(LEFT, left);
    }

    private static long size(JsonNode value) {
        long size = 1;
        for (JsonNode member : value) {
            size += size(member);
        }
        return size;
    }

    private static void step(ExecutionContext context) {
        if (context.getCollectorContext().get(LEFT) instanceof AtomicLong left && left.decrementAndGet() < 0) {
            throw new JsonSchemaException("following its references takes too many steps");
        }
    }

    /** From draft 2019-09 on the keywords come by vocabularies, before that they are the draft's own. */
    private static JsonMetaSchema counting(JsonMetaSchema draft) {
        JsonMetaSchema.Builder builder = JsonMetaSchema.builder(draft.getIri(), draft);
        builder.keywords(keywords -> keywords.replaceAll((name, keyword) -> counting(keyword)));
        builder.vocabularyFactory(iri -> {
            Vocabulary known = Vocabularies.getVocabulary(iri);
            return known == null ? null : counting(known);
        });
        return builder.build();
    }

    private static Vocabulary counting(Vocabulary vocabulary) {
        return new Vocabulary(
                vocabulary.getIri(),
                vocabulary.getKeywords().stream().map(SchemaSteps::counting).toArray(Keyword[]::new));
    }

    private static Keyword counting(Keyword keyword) {
        String name = keyword.getValue();
        return switch (name) {
            case "$ref" -> new Counting(name, CountingRef::new);
            case "$dynamicRef" -> new Counting(name, CountingDynamicRef::new);
            case "$recursiveRef" -> new Counting(name, CountingRecursiveRef::new);
            default -> keyword;
        };
    }

    private interface Factory {
        JsonValidator make(
                SchemaLocation location,
                JsonNodePath path,
                JsonNode node,
                JsonSchema parent,
                ValidationContext context);
    }

    private record Counting(String name, Factory factory) implements Keyword {
        @Override
        public String getValue() {
            return name;
        }

        @Override
        public JsonValidator newValidator(
                SchemaLocation location,
                JsonNodePath path,
                JsonNode node,
                JsonSchema parent,
                ValidationContext context) {
            return factory.make(location, path, node, parent, context);
        }
    }

    private static final class CountingRef extends RefValidator {
        CountingRef(
                SchemaLocation location,
                JsonNodePath path,
                JsonNode node,
                JsonSchema parent,
                ValidationContext context) {
            super(location, path, node, parent, context);
        }

        @Override
        public Set<ValidationMessage> validate(
                ExecutionContext context, JsonNode node, JsonNode root, JsonNodePath place) {
            step(context);
            return super.validate(context, node, root, place);
        }
    }

    private static final class CountingDynamicRef extends DynamicRefValidator {
        CountingDynamicRef(
                SchemaLocation location,
                JsonNodePath path,
                JsonNode node,
                JsonSchema parent,
                ValidationContext context) {
            super(location, path, node, parent, context);
        }

        @Override
        public Set<ValidationMessage> validate(
                ExecutionContext context, JsonNode node, JsonNode root, JsonNodePath place) {
            step(context);
            return super.validate(context, node, root, place);
        }
    }

    private static final class CountingRecursiveRef extends RecursiveRefValidator {
        CountingRecursiveRef(
                SchemaLocation location,
                JsonNodePath path,
                JsonNode node,
                JsonSchema parent,
                ValidationContext context) {
            super(location, path, node, parent, context);
        }

        @Override
        public Set<ValidationMessage> validate(
                ExecutionContext context, JsonNode node, JsonNode root, JsonNodePath place) {
            step(context);
            return super.validate(context, node, root, place);
        }
    }
}
