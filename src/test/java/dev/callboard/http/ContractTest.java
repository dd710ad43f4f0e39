package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The served contracts and what is served: nothing more, nothing less. */
class ContractTest {
    private static final Set<String> ROLES = Set.of("public", "viewer", "editor", "approver", "worker", "admin");
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    /** A write that needs no role: whoever knows its address may, which is told to editors alone. */
    private static final String BY_ADDRESS = "post /api/hooks/{token}";

    /** Addresses beside the calls: pages, their files, the contracts and the feed. */
    private static final Set<String> STATIC = Set.of(
            "/sw.js",
            "/favicon.svg",
            "/manifest.webmanifest",
            "/ui/*",
            "/_static/*",
            "/openapi.yaml",
            "/asyncapi.yaml",
            "/ws",
            "/ws/worker",
            "/eventbus/*",
            "/metrics");

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyOperationSaysWhoMayCallIt() {
        operations().forEach((name, operation) -> {
            assertThat(operation.get("x-role")).as(name).isIn(ROLES);
            assertThat(operation.get("operationId")).as(name).isInstanceOf(String.class);
            boolean read = name.startsWith("get ") || name.endsWith("/validate") || name.endsWith("/compile");
            if (!read && !name.equals(BY_ADDRESS)) {
                assertThat(operation.get("x-role")).as(name).isNotIn("public", "viewer");
            }
        });
    }

    /** What the contract does not close, nobody refuses: a misspelt member would be ignored. */
    @Test
    void everyBodySaysWhetherItTakesOtherMembers() {
        Map<String, Object> contract = yaml("/openapi.yaml");
        List<String> open = new ArrayList<>();
        operations().forEach((name, operation) -> {
            if (operation.get("requestBody") instanceof Map<?, ?> body) {
                openObjects(contract, body, name, open, new HashSet<>());
            }
        });
        assertThat(open)
                .as("objects in bodies without additionalProperties or x-checked-by-server")
                .isEmpty();
    }

    private static void openObjects(
            Map<String, Object> contract, Map<?, ?> part, String place, List<String> open, Set<String> seen) {
        if (part.get("$ref") instanceof String reference) {
            Object target = contract;
            for (String step : reference.substring(2).split("/")) {
                target = ((Map<?, ?>) target).get(step);
            }
            if (seen.add(reference)) {
                openObjects(contract, (Map<?, ?>) target, place + " " + reference, open, seen);
            }
            return;
        }
        if (Boolean.TRUE.equals(part.get("x-checked-by-server"))) {
            return;
        }
        if (String.valueOf(part.get("type")).contains("object") && !part.containsKey("additionalProperties")) {
            open.add(place);
        }
        part.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                openObjects(contract, inner, place + "/" + key, open, seen);
            }
        });
    }

    @Test
    void thePalettesCallsAreInTheContract() {
        assertThat(operations().keySet())
                .contains(
                        "get /api/vp",
                        "get /api/vp/stages",
                        "post /api/vp/stages",
                        "get /api/vp/stages/{id}",
                        "put /api/vp/stages/{id}",
                        "delete /api/vp/stages/{id}",
                        "post /api/vp/validate",
                        "post /api/vp/compile",
                        "post /api/vp/restore",
                        "get /api/plugins",
                        "get /health/live",
                        "get /health/ready");
    }

    @Test
    void everyPathOfTheContractIsServed() {
        operations().forEach((name, operation) -> {
            if (name.startsWith("get ")) {
                Reply reply = server.http().get(name.substring(4).replaceAll("\\{\\w+}", "nothing"));
                assertThat(reply.status()).as(name + " " + reply).isNotIn(405, 500, 501);
                if (reply.status() == 404) {
                    assertThat(reply.code()).as(name).isNotEqualTo("not_found");
                }
            }
        });
    }

    /** Routes are made in {@link Pages}, {@link HttpVerticle} and from the contract; a new maker must come here. */
    @Test
    void everyOtherRouteIsOneOfTheStaticList() throws IOException {
        Set<String> routes = new TreeSet<>();
        Path sources = Path.of("src/main/java/dev/callboard/http");
        try (var files = java.nio.file.Files.list(sources)) {
            for (Path source : files.toList()) {
                String text = java.nio.file.Files.readString(source);
                Matcher route = Pattern.compile("router(?:\\s*\\.\\w+\\(|,\\s+)\"([^\"]*)\"[,)]")
                        .matcher(text);
                while (route.find()) {
                    routes.add(route.group(1));
                }
            }
        }
        routes.remove("/*");
        assertThat(STATIC).containsAll(routes);
        assertThat(routes).contains("/ws", "/ui/*");
    }

    @Test
    void nothingIsServedAtOtherAddresses() {
        for (String path : List.of("/api", "/api/", "/api/vp/nothing", "/admin", "/eventbus", "/eventbus/websocket")) {
            Reply reply = server.http().get(path);
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("not_found");
        }
    }

    /** A server that is too busy answers any call so; a client has to know what that means of a write. */
    @Test
    void everyCallThatAsksAnotherPartMayTimeOut() {
        operations().forEach((name, operation) -> {
            if (!name.startsWith("get /health") && !name.equals("get /metrics")) {
                assertThat(((Map<?, ?>) operation.get("responses")).containsKey("504"))
                        .as(name)
                        .isTrue();
            }
        });
    }

    @Test
    void theFeedTakesWebSocketsOnly() {
        Reply reply = server.http().get("/ws");
        assertThat(reply.status()).isEqualTo(426);
        assertThat(reply.code()).isEqualTo("upgrade_required");
    }

    @Test
    void theFeedsContractIsServed() {
        assertThat(yaml("/asyncapi.yaml")).containsKeys("asyncapi", "channels");
    }

    private static Map<String, Map<?, ?>> operations() {
        Map<String, Map<?, ?>> operations = new java.util.TreeMap<>();
        ((Map<?, ?>) yaml("/openapi.yaml").get("paths"))
                .forEach((path, item) -> ((Map<?, ?>) item).forEach((method, operation) -> {
                    if (METHODS.contains(String.valueOf(method))) {
                        operations.put(method + " " + path, (Map<?, ?>) operation);
                    }
                }));
        return operations;
    }

    private static Map<String, Object> yaml(String path) {
        Reply reply = server.http().get(path);
        assertThat(reply.status()).isEqualTo(200);
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(reply.text());
    }
}
