package dev.callboard.http;

import dev.callboard.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.OpenAPIVersion;
import io.vertx.openapi.contract.impl.OpenAPIContractImpl;
import io.vertx.openapi.impl.OpenAPIFormatValidator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The contracts that the server serves and routes by. */
final class Contract {
    private static final String OPENAPI = "/openapi.yaml";
    private static final String ASYNCAPI = "/asyncapi.yaml";

    /** Media types beside JSON that Vert.x cannot validate. */
    private static final Set<String> OTHER_TYPES = Set.of(
            "application/yaml",
            "text/csv",
            "application/jsonl",
            "application/graphml+xml",
            "text/turtle",
            "application/ld+json",
            "application/schema+json");

    static final String CHECKED_BY_SERVER = "x-checked-by-server";

    private Contract() {}

    /**
     * The contract of the calls.
     *
     * @param routes as requests are routed by it
     * @param members which members their bodies may have
     * @param validators of its schemas
     */
    record Calls(OpenAPIContract routes, KnownMembers members, SchemaValidators validators) {}

    /**
     * Reads the contract of the calls. It travels in the jar, so that a test checks that it is valid OpenAPI and not each start,
     * which would take close to half a second for it.
     */
    static Future<Calls> load(Vertx vertx) {
        return vertx.executeBlocking(
                        () -> {
                            Map<?, ?> whole = read();
                            return Map.entry((JsonObject) routed(whole), new KnownMembers(whole));
                        },
                        false)
                .compose(read -> unchecked(vertx, read.getKey()).map(routes -> {
                    FixedSchemas.of(routes);
                    return new Calls(routes, read.getValue(), new SchemaValidators(routes.getSchemaRepository()));
                }));
    }

    /**
     * What {@link OpenAPIContract#from} does, but for the check against the schemas of OpenAPI and JSON Schema, which are not even
     * read: nothing in the contract refers to them, and Vert.x goes through the whole server's jar for each of their files.
     */
    private static Future<OpenAPIContract> unchecked(Vertx vertx, JsonObject contract) {
        OpenAPIVersion version = OpenAPIVersion.fromContract(contract);
        SchemaRepository repository = SchemaRepository.create(
                new JsonSchemaOptions()
                        .setDraft(Draft.DRAFT202012)
                        .setBaseUri("app://")
                        .setOutputFormat(OutputFormat.Basic),
                new OpenAPIFormatValidator());
        return version.resolve(vertx, repository, contract)
                .map(resolved -> new OpenAPIContractImpl(resolved, version, repository));
    }

    /** What requests need of the contract of the calls, as it is routed by; for who checks it. */
    static JsonObject routed() {
        return (JsonObject) routed(read());
    }

    /** Reading it as YAML takes a start ten times as long: the build leaves it as JSON too ({@link ContractAsJson}). */
    private static Map<?, ?> read() {
        boolean made = Contract.class.getResource(ContractAsJson.RESOURCE) != null;
        return made
                ? (Map<?, ?>) Objects.requireNonNull(Json.parse(text(ContractAsJson.RESOURCE)))
                : RequestContract.of(ContractAsJson.yaml(text(OPENAPI)));
    }

    /**
     * The contract as requests are routed by it. Vert.x refuses contracts that name media types which it cannot validate; such
     * bodies of requests are read in {@link JsonBody}. Schemas that the server checks itself, to answer with every violation at once, ask
     * here only for what their kind is. Members that are not known are found by {@link KnownMembers}.
     */
    static Object routed(Object value) {
        if (value instanceof Map<?, ?> map) {
            boolean checkedByServer = Boolean.TRUE.equals(map.get(CHECKED_BY_SERVER));
            JsonObject kept = new JsonObject();
            map.forEach((key, member) -> {
                boolean other = OTHER_TYPES.contains(String.valueOf(key));
                boolean closed = key.equals("additionalProperties") && Boolean.FALSE.equals(member);
                if (!other && !closed && (!checkedByServer || key.equals("minProperties"))) {
                    kept.put(String.valueOf(key), member == null ? null : routed(member));
                }
            });
            return kept;
        }
        if (value instanceof List<?> list) {
            JsonArray kept = new JsonArray();
            list.forEach(element -> kept.add(element == null ? null : routed(element)));
            return kept;
        }
        boolean json = value instanceof String || value instanceof Number || value instanceof Boolean;
        // YAML takes what looks like one for a time.
        return json ? value : new JsonArray(Json.write(List.of(value))).getValue(0);
    }

    /** Their texts by the path that each is served at. Blocks. */
    static Map<String, String> texts() {
        return Map.of(OPENAPI, text(OPENAPI), ASYNCAPI, text(ASYNCAPI));
    }

    private static String text(String resource) {
        try (InputStream in = Contract.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
