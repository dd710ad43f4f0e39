package dev.callboard.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.callboard.problem.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The form of a JSON Schema: what the meta-schema of its draft says of it. The drafts' meta-schemas come with the validator;
 * nothing is fetched.
 */
final class SchemaForm {
    private static final Map<String, JsonSchema> DRAFTS =
            List.of(SchemaId.V4, SchemaId.V6, SchemaId.V7, SchemaId.V201909, SchemaId.V202012).stream()
                    .collect(Collectors.toUnmodifiableMap(SchemaForm::draft, SchemaForm::metaSchema));

    private SchemaForm() {}

    private static JsonSchema metaSchema(String iri) {
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .locale(Locale.ENGLISH)
                .build();
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SchemaLocation.of(iri), config);
    }

    /** A draft's address without the empty fragment that older ones end in. */
    private static String draft(String iri) {
        return iri.endsWith("#") ? iri.substring(0, iri.length() - 1) : iri;
    }

    /**
     * What is wrong with the form, one sentence for each place.
     *
     * @param schema by draft 2020-12, unless its {@code $schema} names an older one
     */
    static List<Violation> faults(JsonNode schema) {
        JsonSchema meta = DRAFTS.get(draft(schema.path("$schema").asText(SchemaId.V202012)));
        if (meta == null) {
            return List.of();
        }
        // A place that may be one thing or another has one message for each of them.
        Map<String, String> byPlace = new LinkedHashMap<>();
        for (ValidationMessage message : meta.validate(schema)) {
            byPlace.merge(
                    String.valueOf(message.getInstanceLocation()),
                    JsonSchemas.sentence(message.getMessage()),
                    (first, other) -> first + ", or " + other);
        }
        return byPlace.entrySet().stream()
                .map(each -> new Violation(each.getKey(), "is not valid JSON Schema: " + each.getValue()))
                .toList();
    }
}
