package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import dev.callboard.testing.ServerFixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong with a stage template is said with the member that has to be changed. */
class TemplateFaultsTest extends ServerFixture {
    @Test
    void aCircleIsAFaultOfWhatItDependsOn() {
        String project =
                http.post("/api/projects", Map.of("name", "P")).at("/id").asText();
        String templates = "/api/projects/" + project + "/stage-templates";
        JsonNode first = http.get(templates).at("/items/1");
        Reply added = http.post(
                templates,
                Map.of(
                        "name", "Behind",
                        "type", "planning",
                        "depends_on", List.of(first.path("name").asText())));
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        Reply circle = http.send(
                "PATCH", templates + "/" + first.path("id").asText(), Map.of("depends_on", List.of("Behind")));
        assertThat(circle.status()).as(circle.text()).isEqualTo(400);
        assertThat(circle.at("/errors/0/pointer").asText()).isEqualTo("/depends_on");
        assertThat(circle.at("/errors/0/detail").asText()).contains("circle", "Behind");
    }
}
