package dev.callboard.http;

import dev.callboard.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The contracts that the server serves and routes by. */
final class Contract {
    private static final String OPENAPI = "/openapi.yaml";
    private static final String ASYNCAPI = "/asyncapi.yaml";

    private Contract() {}

    /** Reads the contract of the calls. */
    static Future<OpenAPIContract> load(Vertx vertx) {
        return vertx.executeBlocking(
                        () -> {
                            Object value = new Yaml(new SafeConstructor(new LoaderOptions())).load(text(OPENAPI));
                            return new JsonObject(Json.write(withoutYaml(value)));
                        },
                        false)
                .compose(contract -> OpenAPIContract.from(vertx, contract));
    }

    /** Vert.x refuses contracts that name media types which it cannot validate; these bodies are read in {@link JsonBody}. */
    private static @Nullable Object withoutYaml(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> kept = new LinkedHashMap<>();
            map.forEach((key, member) -> {
                if (!(key.equals("application/yaml") && map.containsKey("application/json"))) {
                    kept.put(String.valueOf(key), withoutYaml(member));
                }
            });
            return kept;
        }
        return value instanceof List<?> list
                ? list.stream().map(Contract::withoutYaml).toList()
                : value;
    }

    /** Their texts by the path that each is served at. Blocks. */
    static Map<String, Buffer> texts() {
        return Map.of(OPENAPI, Buffer.buffer(text(OPENAPI)), ASYNCAPI, Buffer.buffer(text(ASYNCAPI)));
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
