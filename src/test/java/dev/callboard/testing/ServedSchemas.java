package dev.callboard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The schemas of the contracts that a server serves, made strict: members that a schema does not name are faults too, unless it
 * says itself that it takes others. So an answer fits only when the contract tells all of it.
 */
public final class ServedSchemas {
    private static final String HOST = "http://contracts/";

    private final JsonSchemaFactory factory;

    /** Reads them from a server. */
    public ServedSchemas(Http http) {
        Map<String, String> contracts = Map.of(
                HOST + "openapi.json", contract(http, "/openapi.yaml"),
                HOST + "asyncapi.json", contract(http, "/asyncapi.yaml"));
        factory = JsonSchemaFactory.getInstance(
                VersionFlag.V202012, builder -> builder.schemaLoaders(loaders -> loaders.schemas(contracts)));
    }

    private static String contract(Http http, String path) {
        Object value = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(http.get(path).text());
        JsonNode contract = new ObjectMapper().valueToTree(value);
        close(contract);
        // By the end of its address the validator takes a document for YAML, which it cannot read here.
        return contract.toString().replace("openapi.yaml#", "openapi.json#");
    }

    private static void close(JsonNode node) {
        node.forEach(ServedSchemas::close);
        boolean schema = node.path("properties").isObject() && (node.has("type") || node.has("required"));
        if (schema && !node.has("additionalProperties")) {
            ((ObjectNode) node).put("additionalProperties", false);
        }
    }

    /** Fails when a value is not what a schema of the calls says. */
    public void assertFits(String schema, JsonNode value) {
        assertFits("openapi.json#/components/schemas/", schema, value);
    }

    /** Fails when a frame is not what a message of the feed's contract says. */
    public void assertFrame(String message, JsonNode frame) {
        assertFits("asyncapi.json#/components/messages/", message + "/payload", frame);
    }

    /** What a schema of the calls has against a value; empty when it fits. */
    public String faults(String schema, JsonNode value) {
        return faults("openapi.json#/components/schemas/", schema, value);
    }

    private void assertFits(String folder, String name, JsonNode value) {
        assertThat(faults(folder, name, value)).as(name + " " + value).isEmpty();
    }

    private String faults(String folder, String name, JsonNode value) {
        JsonSchema schema = factory.getSchema(
                SchemaLocation.of(HOST + folder + name),
                SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build());
        return String.join(
                "\n",
                schema.validate(value).stream().map(each -> each.toString()).toList());
    }
}
