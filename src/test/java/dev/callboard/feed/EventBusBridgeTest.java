package dev.callboard.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.BusAddresses;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.FeedClients;
import dev.callboard.testing.Patience;
import dev.callboard.testing.RawSocket;
import dev.callboard.testing.Reply;
import dev.callboard.testing.ServedSchemas;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bridge by raw WebSockets; {@link EventBusIT} has the client of npm. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventBusBridgeTest {
    private static final String RAW = "/eventbus/websocket";

    private TestServer server;
    private FeedClients clients;
    private FeedClient client;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(
                folder, Map.of("eventbus.enabled", "true", "limits.web_sockets", "8", "feed.heartbeat_ms", "600000"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        clients = new FeedClients();
        client = clients.connect(server.uri(), RAW, Map.of());
    }

    @AfterEach
    void disconnect() {
        clients.close();
    }

    @Test
    void whoRegistersHearsOfChangesAsTheContractSays() {
        register("palette.updates");
        register("tasks.updates");
        long before = server.revision();
        server.add("heard-1");
        server.add("heard-2");
        server.http().delete("/api/vp/stages/heard-1");
        ServedSchemas schemas = new ServedSchemas(server.http());
        List<String> heard = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            JsonNode frame = client.next();
            assertThat(frame.path("type").asText()).isEqualTo("rec");
            assertThat(frame.path("address").asText()).isEqualTo("palette.updates");
            assertThat(frame.has("headers")).as("who asked stays here").isFalse();
            schemas.assertFrame("paletteUpdate", frame.path("body"));
            assertThat(frame.at("/body/revision").asLong()).isEqualTo(before + i);
            assertThat(frame.at("/body/epoch").asText())
                    .isEqualTo(server.palette().path("epoch").asText());
            heard.add(frame.at("/body/kind").asText() + " "
                    + frame.at("/body/stage/id").asText());
        }
        assertThat(heard).containsExactly("added heard-1", "added heard-2", "removed heard-1");

        String task = server.http()
                .post("/api/tasks", Map.of("title", "A secret title", "pipeline", "dev-task"))
                .at("/id")
                .asText();
        JsonNode frame = client.next();
        assertThat(frame.path("address").asText()).isEqualTo("tasks.updates");
        schemas.assertFrame("tasksUpdate", frame.path("body"));
        assertThat(frame.at("/body/id").asText()).isEqualTo(task);
        assertThat(frame.at("/body/kind").asText()).isEqualTo("added");
        assertThat(frame.toString()).doesNotContain("secret title");
    }

    @Test
    void nothingComesInAndNoOtherAddressIsHeard() throws IOException {
        FeedClient listener = clients.connect(server.uri(), RAW, Map.of());
        register(listener, "palette.updates");
        long revision = server.revision();
        String audited = audited();
        for (String address : BusAddresses.all()) {
            client.send(
                    Map.of("type", "send", "address", address, "body", Map.of("forged", true), "replyAddress", "r"));
            refused("send to " + address);
            client.send(Map.of("type", "publish", "address", address, "body", Map.of("forged", true)));
            refused("publish at " + address);
            if (!address.endsWith(".updates")) {
                client.send(Map.of("type", "register", "address", address, "headers", Map.of()));
                refused("register at " + address);
            }
        }
        assertThat(server.revision()).isEqualTo(revision);
        assertThat(audited()).isEqualTo(audited);
        // What would have come of all that comes before the answer to this.
        listener.send(Map.of("type", "send", "address", "last", "body", 1));
        assertThat(listener.next().path("type").asText()).isEqualTo("err");
    }

    @Test
    void whatIsNoFrameIsRefused() {
        for (String wrong :
                List.of("{", "[]", "7", "{}", "{\"type\":\"register\"}", "{\"type\":\"shout\",\"address\":\"a\"}")) {
            client.send(wrong);
            refused(wrong);
        }
        register("palette.updates");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://localhost.evil.example"})
    void aForeignPageIsNotLetIn(String origin) {
        assertThat(clients.refused(server.uri(), RAW, Map.of("Origin", origin))).isEqualTo(403);
        assertThat(clients.refused(server.uri(), "/eventbus/001/abcdefgh/websocket", Map.of("Origin", origin)))
                .isEqualTo(403);
        for (String path : List.of("/eventbus", "/eventbus/info", "/eventbus/iframe.html")) {
            Reply reply = server.http().get(path, "Origin", origin);
            assertThat(reply.status()).as(path).isEqualTo(403);
            assertThat(reply.code()).isEqualTo("foreign_origin");
        }
        Reply own = server.http()
                .get("/eventbus/info", "Origin", "http://" + server.uri().getAuthority());
        assertThat(own.status()).isEqualTo(200);
    }

    @Test
    void itsOnlyTransportIsWebSocket() {
        String session = "/eventbus/001/abcdefgh/";
        for (String path : List.of("eventsource", "htmlfile?c=x", "jsonp?c=x")) {
            assertThat(server.http().get(session + path).status()).as(path).isEqualTo(404);
        }
        for (String path : List.of("xhr", "xhr_streaming", "xhr_send", "jsonp_send")) {
            assertThat(server.http().post(session + path, List.of()).status())
                    .as(path)
                    .isIn(404, 405);
        }
    }

    @Test
    void whoReadsTooSlowlyIsCutOffAndOthersAreNot() throws IOException {
        register("palette.updates");
        Map<String, Object> stage = new HashMap<>(Stages.manual("big"));
        stage.put("description", "x".repeat(4_000));
        double before = slow();
        try (RawSocket stuck = RawSocket.connect(server.uri())) {
            stuck.upgradeAt(RAW, server.uri());
            stuck.sendText("{\"type\":\"register\",\"address\":\"palette.updates\",\"headers\":{}}");
            assertThat(server.http().post("/api/vp/stages", stage).status()).isEqualTo(200);
            client.next();
            // Until all that lies between the two is full, however much that is, and the server has noticed.
            AtomicInteger version = new AtomicInteger();
            await().until(() -> {
                for (int i = 0; i < 20; i++) {
                    stage.put("name", "Version " + version.incrementAndGet());
                    assertThat(server.http().put("/api/vp/stages/big", stage).status())
                            .isEqualTo(200);
                    assertThat(client.next().at("/body/revision").asLong()).isEqualTo(server.revision());
                }
                return slow() > before;
            });
            assertThat(stuck.closedWithin((int) Patience.SOON.toMillis())).isTrue();
        }
        assertThat(client.closed()).isNotDone();
    }

    private void register(String address) {
        register(client, address);
    }

    /** Registrations are done in order with what else is sent. */
    private static void register(FeedClient client, String address) {
        client.send(Map.of("type", "register", "address", address, "headers", Map.of()));
        client.send(Map.of("type", "send", "address", "nowhere", "body", 1));
        assertThat(client.next().path("type").asText()).isEqualTo("err");
    }

    private void refused(String what) {
        JsonNode frame = client.next();
        assertThat(frame.path("type").asText()).as(what + ": " + frame).isEqualTo("err");
    }

    /** The newest entry. */
    private String audited() {
        return server.http().get("/api/audit").at("/items/0/id").asText();
    }

    /** Clients that were too slow. */
    private double slow() {
        return server.http()
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("callboard_websocket_drops_total") && line.contains("reason=\"slow\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
