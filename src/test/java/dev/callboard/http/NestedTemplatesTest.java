package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Reply;
import dev.callboard.testing.ServerFixture;
import dev.callboard.testing.Stages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sections of a template in sections, far deeper than anybody writes: refused before they are taken apart. */
class NestedTemplatesTest extends ServerFixture {
    private static final int SECTIONS = 5_000;
    private static final String NESTED = "{{#a}}".repeat(SECTIONS) + "x" + "{{/a}}".repeat(SECTIONS);

    private static void refused(Reply reply, String pointer) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.at("/errors").findValuesAsText("pointer")).containsOnly(pointer);
        assertThat(reply.at("/errors/0/detail").asText()).contains("nested deeper than 50 levels", "line 1");
    }

    @Test
    void aDefinitionIsRefusedWithThePlaceOfItsTemplate() {
        Map<String, String> templates = Map.of("prompt", "prompt", "manual", "instructions");
        templates.forEach((executor, key) -> {
            Map<String, Object> stage = new HashMap<>(Stages.manual("nested"));
            stage.put("executor", executor);
            stage.put("executor_config", Map.of(key, NESTED));
            refused(http.post("/api/vp/stages", stage), "/executor_config/" + key);
        });
        assertThat(http.get("/api/vp/stages/nested").status()).isEqualTo(404);
    }

    @Test
    void aPipelineIsRefusedWithThePlaceOfItsTemplate() {
        Map<String, Object> pipeline = Map.of(
                "name",
                "nested",
                "stages",
                List.of(Map.of("name", "s", "type", "planning", "prompt_template", NESTED)));
        refused(http.put("/api/pipelines/nested", pipeline), "/stages/0/prompt_template");
        assertThat(http.get("/api/pipelines/nested").status()).isEqualTo(404);
    }
}
