package dev.callboard.documents.validate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The JSON Schema (2020-12) of the IR, the one that the server publishes for the ports that name it. References lead nowhere
 * but into the schema itself: the loader refuses every address.
 */
final class IrSchema {
    private static final String FILE = "/META-INF/callboard/schemas/document-ir.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private IrSchema() {}

    /** Made on first use: it costs some 200 ms, which loading the plugin need not. */
    private static final class Loaded {
        private static final JsonSchema SCHEMA = load();

        private static JsonSchema load() {
            JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                    VersionFlag.V202012,
                    builder -> builder.schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance())));
            SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                    .pathType(PathType.JSON_POINTER)
                    .locale(Locale.ROOT)
                    .build();
            try (InputStream in = IrSchema.class.getResourceAsStream(FILE)) {
                return factory.getSchema(MAPPER.readTree(in), config);
            } catch (IOException e) {
                throw new UncheckedIOException("the schema in this plugin's jar cannot be read", e);
            }
        }
    }

    /** All violations, in the document's order. */
    static List<Violation> check(Map<?, ?> document) {
        return Loaded.SCHEMA.validate(MAPPER.valueToTree(document)).stream()
                .map(IrSchema::violation)
                .toList();
    }

    private static Violation violation(ValidationMessage message) {
        String pointer = message.getInstanceLocation().toString();
        String words = message.getMessage();
        String detail = words.startsWith(pointer + ": ") ? words.substring(pointer.length() + 2) : words;
        return new Violation(pointer, detail);
    }
}
