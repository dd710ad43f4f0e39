package dev.callboard.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonValidator;
import com.networknt.schema.Keyword;
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
    private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");
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
        return REFERENCES.contains(keyword.getValue()) ? new Counting(keyword) : keyword;
    }

    private record Counting(Keyword keyword) implements Keyword {
        @Override
        public String getValue() {
            return keyword.getValue();
        }

        @Override
        public JsonValidator newValidator(
                SchemaLocation location, JsonNodePath path, JsonNode node, JsonSchema parent, ValidationContext context)
                throws Exception {
            return new Counted(keyword.newValidator(location, path, node, parent, context));
        }
    }

    /** A reference that takes a step whenever it is followed. */
    private record Counted(JsonValidator reference) implements JsonValidator {
        @Override
        public Set<ValidationMessage> validate(
                ExecutionContext context, JsonNode node, JsonNode root, JsonNodePath place) {
            step(context);
            return reference.validate(context, node, root, place);
        }

        @Override
        public Set<ValidationMessage> walk(
                ExecutionContext context, JsonNode node, JsonNode root, JsonNodePath place, boolean validate) {
            step(context);
            return reference.walk(context, node, root, place, validate);
        }

        @Override
        public void preloadJsonSchema() {
            reference.preloadJsonSchema();
        }

        @Override
        public SchemaLocation getSchemaLocation() {
            return reference.getSchemaLocation();
        }

        @Override
        public JsonNodePath getEvaluationPath() {
            return reference.getEvaluationPath();
        }

        @Override
        public String getKeyword() {
            return reference.getKeyword();
        }
    }
}
