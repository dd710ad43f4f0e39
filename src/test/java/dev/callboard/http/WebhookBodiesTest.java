package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a webhook's request gives its task as input: its body, or what an expression makes of it. */
class WebhookBodiesTest {
    private static final String BODY = "{\"paper\":\"tide gauges\"}";

    @TempDir
    static Path folder;

    private static TestServer server;
    private static TriggerFixture fixture;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        fixture = TriggerFixture.on(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theBodyBecomesTheInputOfATask() {
        JsonNode trigger = fixture.trigger("plain", "webhook", Map.of());
        Reply taken = fixture.post(TriggerFixture.path(trigger) + "?any=query&twice=1&twice=2", BODY);
        assertThat(taken.status()).as(taken.toString()).isEqualTo(202);
        JsonNode task =
                server.http().get("/api/tasks/" + taken.at("/task_id").asText()).json();
        assertThat(task.at("/trigger/id")).isEqualTo(trigger.at("/id"));
        assertThat(task.at("/pipeline").asText()).isEqualTo("plain");
        assertThat(server.http()
                        .get("/api/blobs/" + task.at("/input/0/blob").asText())
                        .text())
                .isEqualTo(BODY);
        assertThat(task.at("/input/0/media_type").asText()).isEqualTo("application/json");
        Reply text =
                fixture.post(TriggerFixture.path(trigger), "not { json", "Content-Type", "text/plain; charset=utf-8");
        assertThat(text.status()).isEqualTo(202);
        assertThat(fixture.post(TriggerFixture.path(trigger), "", "Content-Type", "application/json")
                        .status())
                .isEqualTo(202);
    }

    /** What the task got as its input. */
    private static Reply stored(Reply taken, String mediaType) {
        assertThat(taken.status()).as(taken.text()).isEqualTo(202);
        Reply task = server.http().get("/api/tasks/" + taken.at("/task_id").asText());
        assertThat(task.at("/input/0/media_type").asText()).isEqualTo(mediaType);
        return server.http().get("/api/blobs/" + task.at("/input/0/blob").asText());
    }

    private static String expressing(String name, String expression) {
        return TriggerFixture.path(fixture.trigger(name, "webhook", Map.of("input", expression)));
    }

    @Test
    void anExpressionMakesTheInputOfTheRequest() {
        String one = expressing("one", "body.paper & ' by ' & query.who & ' (' & headers.`x-kind` & ')'");
        Reply text = stored(
                fixture.post(one + "?who=me", BODY, "X-Kind", "survey", "Content-Type", "application/json"),
                "text/plain");
        assertThat(text.text()).isEqualTo("tide gauges by me (survey)");

        String all = expressing("all", "{'title': $uppercase(body.paper), 'n': $count(body.*)}");
        Reply json = stored(fixture.post(all, BODY, "Content-Type", "application/vnd.x+json"), "application/json");
        assertThat(json.at("/title").asText()).isEqualTo("TIDE GAUGES");
        assertThat(json.at("/n").asInt()).isEqualTo(1);

        String plain = expressing("words", "$split(body, ' ')[1]");
        assertThat(stored(fixture.post(plain, "one two", "Content-Type", "text/plain"), "text/plain")
                        .text())
                .isEqualTo("two");
    }

    @Test
    void whatAnExpressionCannotMakeIsRefusedAndStartsNothing() {
        String path = expressing("strict", "body.paper.$uppercase()");
        Reply nothing = fixture.post(path, "{}", "Content-Type", "application/json");
        assertThat(nothing.status()).as(nothing.text()).isEqualTo(400);
        assertThat(nothing.code()).isEqualTo("invalid_input");
        assertThat(nothing.at("/detail").asText()).contains("finds nothing");
        Reply broken = fixture.post(path, "{\"paper\": 5}", "Content-Type", "application/json");
        assertThat(broken.code()).as(broken.text()).isEqualTo("invalid_input");
        assertThat(fixture.post(path, "{", "Content-Type", "application/json").code())
                .isEqualTo("invalid_input");
        assertThat(fixture.tasks("strict")).isEmpty();
        Reply refused = server.http()
                .put(
                        "/api/pipelines/wrong",
                        Map.of(
                                "stages",
                                List.of(Map.of("name", "a", "type", "planning")),
                                "sources",
                                List.of(Map.of("name", "h", "type", "webhook", "config", Map.of("input", "body.(")))));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo("/sources/0/config/input");
    }
}
