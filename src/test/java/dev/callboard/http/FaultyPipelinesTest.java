package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong with a pipeline is told at once and with its place, and what was good before goes on. */
class FaultyPipelinesTest extends PipelineApiFixture {
    @Test
    void everythingThatIsWrongIsReportedAtOnceAndNothingIsWritten() {
        Reply wrong = putYaml(
                "mine",
                """
                name: other
                stages:
                  - {name: one, type: echo, config: {size: 10, extra: 1}}
                  - {name: two, type: nothing, depends_on: [three]}
                  - {name: four, type: chunk}
                """);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.code()).isEqualTo("invalid_pipeline");
        assertThat(wrong.at("/errors").findValuesAsText("pointer"))
                .contains(
                        "/name",
                        "/stages/0/config/size",
                        "/stages/0/config/extra",
                        "/stages/1/type",
                        "/stages/1/depends_on/0");
        assertThat(wrong.at("/errors").toString()).contains("Line 3, column 38").contains("as in the address");
        assertThat(file("mine.yaml")).doesNotExist();
        assertThat(get("mine").status()).isEqualTo(404);
        Reply json = put("mine", Map.of("name", "mine", "stages", List.of(Map.of("name", "x", "typ", "echo"))));
        assertThat(json.status()).isEqualTo(400);
        assertThat(json.at("/errors").findValuesAsText("pointer")).contains("/stages/0/typ", "/stages/0/type");
        assertThat(json.at("/errors").toString()).doesNotContain("Line");

        assertThat(putYaml("mine", "name: [").status()).isEqualTo(400);
        assertThat(putYaml("mine", "").code()).isEqualTo("invalid_pipeline");
        assertThat(putYaml("no%20name", yaml("no name", "")).code()).isEqualTo("invalid_pipeline");
        assertThat(putYaml("..%2Fcallboard", yaml("../callboard", "")).status()).isIn(400, 404);
        assertThat(put("mine", "name: mine", "Content-Type", "text/plain").status())
                .isEqualTo(415);
        assertThat(server.http()
                        .post("/api/vp/stages", "id: x", "Content-Type", "application/yaml")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void whatAStageNeedsHasToComeBeforeIt() {
        Reply lacking = putYaml("mine", "name: mine\nstages: [{name: e, type: echo}, {name: v, type: embed}]");
        assertThat(lacking.status()).isEqualTo(400);
        assertThat(lacking.at("/errors/0/pointer").asText()).isEqualTo("/stages/1/type");
        assertThat(lacking.at("/errors/0/detail").asText()).contains("needs a stage of type 'chunk'");
        Reply overridden =
                putYaml("mine", "name: mine\nstages: [{name: v, type: embed, metadata_overrides: {dependencies: []}}]");
        assertThat(overridden.status()).as(overridden.toString()).isEqualTo(201);
        assertThat(overridden.at("/warnings").toString()).contains("not available");
    }

    @Test
    void theShippedPipelinesHaveNothingWrong() {
        for (String name : List.of("auto", "dev-task", "pdf-two-phase", "web")) {
            JsonNode shipped = get(name).json();
            assertThat(shipped.has("errors")).as(name + " " + shipped).isFalse();
            assertThat(shipped.at("/warnings").isEmpty()).as(name).isTrue();
            assertThat(shipped.at("/revision").asLong()).isEqualTo(1);
        }
    }

    @Test
    void aBadHandEditLeavesTheOldTopologyServedAlsoAfterARestart() throws IOException {
        putYaml("mine", yaml("mine", "size: 4"));
        Files.writeString(file("mine.yaml"), "name: mine\nstages:\n  - {name: one, typ: echo}\n");
        Files.writeString(file("never.yaml"), "name: never\nstages: [\n");
        for (int round = 0; round < 2; round++) {
            await().untilAsserted(() -> {
                JsonNode mine = get("mine").json();
                assertThat(mine.at("/stages/0/config/size").asInt()).isEqualTo(4);
                assertThat(mine.at("/available").asBoolean()).isTrue();
                assertThat(mine.at("/last_good_used").asBoolean()).isTrue();
                assertThat(mine.at("/errors").findValuesAsText("pointer")).contains("/stages/0/typ", "/stages/0/type");
                assertThat(mine.at("/errors/0/detail").asText()).contains("Line 3, column");
                assertThat(mine.at("/revision").asLong()).isEqualTo(1);
                JsonNode never = get("never").json();
                assertThat(never.at("/errors/0/detail").asText()).startsWith("Line 3, column 1");
                assertThat(never.at("/available").asBoolean()).isFalse();
                assertThat(never.has("last_good_used")).isFalse();
            });
            assertThat(start("mine").status()).isEqualTo(201);
            assertThat(start("never").code()).isEqualTo("invalid_pipeline");
            server.restart();
        }
        Reply mended = putYaml("mine", yaml("mine", "size: 4"));
        assertThat(mended.at("/revision").asLong()).isEqualTo(1);
        assertThat(get("mine").json().has("errors")).isFalse();
        assertThat(get("mine").json().has("last_good_used")).isFalse();
    }

    @Test
    void aLastGoodStateThatThePaletteDoesNotKnowAnyMoreIsNotUsed() throws IOException {
        putYaml("mine", yaml("mine", "size: 4"));
        Files.writeString(file("mine.yaml"), "name: mine\nstages: [\n");
        await().until(() -> get("mine").at("/last_good_used").asBoolean());
        assertThat(server.http().delete("/api/vp/stages/echo").status()).isEqualTo(200);
        JsonNode mine = get("mine").json();
        assertThat(mine.at("/available").asBoolean()).isFalse();
        assertThat(mine.has("last_good_used")).isFalse();
        assertThat(mine.at("/errors").findValuesAsText("pointer")).contains("/stages/0/type");
        assertThat(start("mine").code()).isEqualTo("invalid_pipeline");
    }

    private Reply start(String pipeline) {
        return server.http().post("/api/tasks", Map.of("title", "x", "pipeline", pipeline));
    }
}
