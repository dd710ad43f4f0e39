package dev.callboard.http;

import dev.callboard.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The contracts that the server serves and routes by. */
final class Contract {
    private static final String OPENAPI = "/openapi.yaml";
    private static final String ASYNCAPI = "/asyncapi.yaml";

    /** Media types beside JSON that Vert.x cannot validate. */
    private static final Set<String> OTHER_TYPES = Set.of("application/yaml", "text/csv", "application/jsonl");

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

    /** Reads the contract of the calls. */
    static Future<Calls> load(Vertx vertx) {
        return vertx.executeBlocking(
                        () -> {
                            Map<?, ?> whole = new Yaml(new SafeConstructor(new LoaderOptions())).load(text(OPENAPI));
                            return Map.entry(new JsonObject(Json.write(routed(whole))), new KnownMembers(whole));
                        },
                        false)
                .compose(read -> OpenAPIContract.from(vertx, read.getKey()).map(routes -> {
                    FixedSchemas.of(routes);
                    return new Calls(routes, read.getValue(), new SchemaValidators(routes.getSchemaRepository()));
                }));
    }

    /**
     * The contract as requests are routed by it. Vert.x refuses contracts that name media types which it cannot validate; such
     * bodies of requests are read in {@link JsonBody}. Schemas that the server checks itself, to answer with every violation at once, ask
     * here only for what their kind is. Members that are not known are found by {@link KnownMembers}.
     */
    private static @Nullable Object routed(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            boolean checkedByServer = Boolean.TRUE.equals(map.get(CHECKED_BY_SERVER));
            Map<String, @Nullable Object> kept = new LinkedHashMap<>();
            map.forEach((key, member) -> {
                boolean other = OTHER_TYPES.contains(String.valueOf(key)) && map.containsKey("application/json");
                boolean closed = key.equals("additionalProperties") && Boolean.FALSE.equals(member);
                if (!other && !closed && (!checkedByServer || key.equals("minProperties"))) {
                    kept.put(String.valueOf(key), routed(member));
                }
            });
            return kept;
        }
        return value instanceof List<?> list
                ? list.stream().map(Contract::routed).toList()
                : value;
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
