package dev.callboard.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.callboard.config.ModelApi;
import dev.callboard.testing.Http;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A task whose stages a model does: research, suggestions, a person's choice, exactly the chosen stages. */
class ModelJourneyTest {
    private static final String RESEARCH =
            """
            {"research": "The export writes no header.", "questions": [],
             "suggested_stages": [{"name": " implementation ", "reason": "Code changes."},
                                  {"name": "PR Preparation", "reason": "It goes in by one."},
                                  {"name": "Deploymant", "reason": "No such stage."}]}""";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = ModelApi.class,
            names = {"OPENAI", "ANTHROPIC"})
    void researchSuggestsAPersonUnticksOneAndExactlyTheChosenStagesRun(ModelApi provider) {
        try (ModelStub model = new ModelStub(provider);
                TestServer server = TestServer.start(folder, settings(provider, model))) {
            model.answers(
                    model.says("no JSON"),
                    model.says("still none"),
                    model.says(RESEARCH),
                    model.says("Header ", "written."));
            Http http = server.http();
            String project =
                    id(http.post("/api/projects", Map.of("name", "Export")).json());
            String task = id(
                    http.post("/api/tasks", Map.of("title", "Fix the export", "project", project, "auto_start", true))
                            .json());

            // Twice no JSON: the answer and its one repair. The attempt fails, says why, and can be tried again.
            JsonNode failed = when(http, task, "failed");
            assertThat(failed.path("error").asText()).contains("Research");
            assertThat(http.post("/api/tasks/" + task + "/retry", Map.of()).status())
                    .isEqualTo(200);

            JsonNode waiting = when(http, task, "awaiting_approval");
            assertThat(waiting.at("/suggestion/by").asText()).isEqualTo("model");
            assertThat(waiting.at("/suggestion/unknown").toString()).isEqualTo("[\"Deploymant\"]");
            assertThat(column(waiting, "suggested"))
                    .containsExactly("false", "false", "false", "true", "false", "false", "true");

            approve(http, task, List.of(stage(waiting, "Research"), stage(waiting, "Implementation")));
            JsonNode implemented = await().until(
                            () -> task(http, task),
                            now -> now.path("status").asText().equals("awaiting_approval")
                                    && now.path("current_stage_id").asText().equals(stage(now, "Implementation")));
            assertThat(model.lastBody()).contains("The export writes no header.");
            assertThat(column(implemented, "selected"))
                    .containsExactly("true", "false", "false", "true", "false", "false", "false");

            approve(http, task, null);
            when(http, task, "completed");
            JsonNode executions =
                    http.get("/api/tasks/" + task + "/executions").json().path("items");
            assertThat(executions.findValuesAsText("stage")).containsExactly("Research", "Research", "Implementation");
            assertThat(executions.get(2).path("output").asText()).isEqualTo("Header written.");

            // The failed attempt asked twice: its first answer and the repair.
            assertThat(executions.findValues("usage"))
                    .containsExactly(
                            usage(provider, 24, 68, "0.00074"),
                            usage(provider, 12, 34, "0.00037"),
                            usage(provider, 12, 34, "0.00037"));
            assertThat(http.get("/api/executions/" + id(executions.get(0)))
                            .json()
                            .at("/usage/cost")
                            .decimalValue())
                    .isEqualByComparingTo("0.00074");
        }
    }

    /** The key's variable is any that is set everywhere: the stub takes every key. */
    private static Map<String, String> settings(ModelApi provider, ModelStub model) {
        return Map.of(
                "models.provider",
                provider.name().toLowerCase(Locale.ROOT),
                "models.base_url",
                model.server.baseUrl() + "/v1",
                "models.model",
                "small",
                "models.api_key_env",
                "HOME",
                "models.price_input",
                "2.50",
                "models.price_output",
                "10",
                "models.currency",
                "EUR");
    }

    private static JsonNode usage(ModelApi provider, int input, int output, String cost) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("provider", provider.word())
                .put("model", "small")
                .put("input_tokens", input)
                .put("output_tokens", output)
                .put("cost", Double.parseDouble(cost))
                .put("currency", "EUR");
    }

    private static JsonNode when(Http http, String task, String status) {
        return await().until(
                        () -> task(http, task),
                        now -> now.path("status").asText().equals(status));
    }

    private static List<String> column(JsonNode task, String member) {
        List<String> column = new ArrayList<>();
        task.path("stages").forEach(stage -> column.add(stage.path(member).asText()));
        return column;
    }

    private static JsonNode task(Http http, String id) {
        return http.get("/api/tasks/" + id).json();
    }

    private static void approve(Http http, String task, List<String> selected) {
        JsonNode executions =
                http.get("/api/tasks/" + task + "/executions").json().path("items");
        String waiting = id(executions.get(executions.size() - 1));
        Map<String, Object> body = selected == null
                ? Map.of("execution_id", waiting)
                : Map.of("execution_id", waiting, "selected_stage_ids", selected);
        assertThat(http.post("/api/tasks/" + task + "/approve", body).status()).isEqualTo(200);
    }

    private static String stage(JsonNode task, String name) {
        for (JsonNode stage : task.path("stages")) {
            if (stage.path("name").asText().equals(name)) {
                return id(stage);
            }
        }
        throw new AssertionError("there is no stage " + name);
    }

    private static String id(JsonNode node) {
        return node.path("id").asText();
    }
}
