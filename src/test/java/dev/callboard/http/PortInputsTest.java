package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What feeds which port, as pipelines and projects say it. */
class PortInputsTest extends PortsFixture {
    private static Map<String, Object> at(String name, String type, Map<String, Object> inputs) {
        Map<String, Object> stage = new LinkedHashMap<>(Map.of("name", name, "type", type));
        if (!inputs.isEmpty()) {
            stage.put("inputs", inputs);
        }
        return stage;
    }

    private static Map<String, Object> pipeline(Map<String, Object> more, Object... stages) {
        Map<String, Object> pipeline = new HashMap<>(more);
        pipeline.put("name", "ports");
        pipeline.put("stages", List.of(stages));
        return pipeline;
    }

    private static Map<String, Object> whole(Map<String, Object> more) {
        return pipeline(
                more,
                at("Read", "reads", Map.of()),
                at("Split", "splits", Map.of("document", "Read")),
                at("Join", "joins", Map.of("claims", "Split.claims", "document", "Read")));
    }

    private static List<String> pointers(JsonNode list) {
        List<String> pointers = new ArrayList<>();
        list.forEach(each -> pointers.add(each.path("pointer").asText()));
        return pointers;
    }

    @Test
    void inputsAreKeptAndImplyTheOrder() {
        Reply stored = http.put("/api/pipelines/ports", whole(Map.of("strict", true)));
        assertThat(stored.status()).as(stored.toString()).isEqualTo(201);
        assertThat(stored.json().path("warnings")).isEmpty();
        Reply read = http.get("/api/pipelines/ports");
        assertThat(read.at("/stages/2/inputs/claims").asText()).isEqualTo("Split.claims");
        assertThat(read.at("/stages/2/depends_on").toString()).contains("Split", "Read");
        assertThat(read.at("/definition/stages/2/inputs/document").asText()).isEqualTo("Read");
        http.put("/api/pipelines/ports", whole(Map.of("description", "another")));
        assertThat(http.get("/api/pipelines/ports?revision=1")
                        .at("/stages/2/inputs/claims")
                        .asText())
                .isEqualTo("Split.claims");
    }

    @Test
    void whatIsNotThereIsAnErrorAndWhatDoesNotFitIsOneWhereStrict() {
        Map<String, Map<String, Object>> wrong = Map.of(
                "/stages/2/inputs/claims", Map.of("claims", "Nobody"),
                "/stages/2/inputs/nothing", Map.of("nothing", "Read"),
                "/stages/2/inputs/document", Map.of("document", "Split.texts"),
                "/stages/2/inputs/a b", Map.of("a b", "Read"),
                "/stages/2/inputs", Map.of("claims", 1));
        wrong.forEach((pointer, inputs) -> {
            Reply refused = http.put(
                    "/api/pipelines/ports",
                    pipeline(
                            Map.of(),
                            at("Read", "reads", Map.of()),
                            at("Split", "splits", Map.of("document", "Read")),
                            at("Join", "joins", inputs)));
            assertThat(refused.status()).as(pointer).isEqualTo(400);
            assertThat(refused.at("/errors/0/pointer").asText())
                    .as(refused.toString())
                    .startsWith(pointer);
        });
        Reply circle = http.put(
                "/api/pipelines/ports",
                pipeline(Map.of(), at("A", "joins", Map.of("claims", "B")), at("B", "joins", Map.of("claims", "A"))));
        assertThat(circle.at("/errors/0/detail").asText()).contains("circle");

        Object[] misfits = {
            at("Read", "reads", Map.of()),
            at("Split", "splits", Map.of("document", "Read")),
            at("Join", "joins", Map.of("claims", "Read", "document", "Split"))
        };
        Reply warned = http.put("/api/pipelines/ports", pipeline(Map.of(), misfits));
        assertThat(warned.status()).as(warned.toString()).isEqualTo(201);
        assertThat(pointers(warned.json().path("warnings")))
                .containsExactlyInAnyOrder("/stages/2/inputs/claims", "/stages/2/inputs/document");
        assertThat(warned.json().path("warnings").toString()).contains("name one of them: Split.claims");
        Reply strict = http.put("/api/pipelines/ports", pipeline(Map.of("strict", true), misfits));
        assertThat(strict.status()).isEqualTo(400);
        assertThat(pointers(strict.json().path("errors")))
                .containsExactlyInAnyOrder("/stages/2/inputs/claims", "/stages/2/inputs/document");
    }

    @Test
    void aFirstStageTakesWhatStartsThePipeline() {
        Object first = Map.of("name", "Split", "type", "splits");
        Reply warned = http.put("/api/pipelines/ports", pipeline(Map.of(), first));
        assertThat(warned.at("/warnings/0/pointer").asText()).isEqualTo("/stages/0/type");
        assertThat(warned.at("/warnings/0/detail").asText()).contains("takes document", "text");
        Object text = Map.of("name", "Read", "type", "reads");
        Map<String, Object> typed = Map.of("sources", List.of(Map.of("name", "typed", "type", "text")));
        assertThat(http.put("/api/pipelines/ports", pipeline(typed, text))
                        .json()
                        .path("warnings"))
                .isEmpty();
        Reply fed =
                http.put("/api/pipelines/ports", pipeline(typed, at("Split", "splits", Map.of("document", "typed"))));
        assertThat(fed.at("/warnings/0/pointer").asText()).isEqualTo("/stages/0/inputs/document");
    }

    @Test
    void projectsKeepThemOverRenamesAndChanges() {
        http.put("/api/pipelines/ports", whole(Map.of()));
        String project = http.post("/api/projects", Map.of("name", "P", "pipeline", "ports"))
                .at("/id")
                .asText();
        String templates = "/api/projects/" + project + "/stage-templates";
        Map<String, String> ids = new HashMap<>();
        http.get(templates)
                .json()
                .path("items")
                .forEach(each ->
                        ids.put(each.path("name").asText(), each.path("id").asText()));
        Reply renamed = http.send("PATCH", templates + "/" + ids.get("Split"), Map.of("name", "Cut"));
        assertThat(renamed.status()).as(renamed.toString()).isEqualTo(200);
        assertThat(http.get(templates).at("/items/2/inputs/claims").asText()).isEqualTo("Cut.claims");

        Reply changed =
                http.send("PATCH", templates + "/" + ids.get("Join"), Map.of("inputs", Map.of("claims", "Read")));
        assertThat(changed.at("/inputs").toString()).as(changed.toString()).isEqualTo("{\"claims\":\"Read\"}");
        assertThat(changed.at("/depends_on").toString()).isEqualTo("[\"Read\"]");
        assertThat(pointers(changed.json().path("warnings"))).containsExactly("/inputs/claims");

        Reply wrong = http.send("PATCH", templates + "/" + ids.get("Join"), Map.of("inputs", Map.of("x", "Read")));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.at("/errors/0/pointer").asText()).isEqualTo("/inputs/x");

        Map<String, Object> none = new HashMap<>();
        none.put("inputs", null);
        Reply removed = http.send("PATCH", templates + "/" + ids.get("Join"), none);
        assertThat(removed.at("/inputs")).as(removed.toString()).isEmpty();
    }

    @Test
    void aTextThatMayMeanAStageOrAPortIsRefused() {
        String told =
                "'A.claims' may be the stage 'A.claims' or the port 'claims' of the stage 'A'; rename one of them";
        Map<String, Object> read = at("A.claims", "reads", Map.of());
        Map<String, Object> split = at("A", "splits", Map.of("document", "A.claims"));
        Map<String, Object> join = at("Join", "joins", Map.of("claims", "A.claims"));
        Reply refused = http.put("/api/pipelines/ports", pipeline(Map.of(), read, split, join));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(pointers(refused.json().path("errors")))
                .containsExactly("/stages/1/inputs/document", "/stages/2/inputs/claims");
        assertThat(refused.at("/errors/1/detail").asText()).isEqualTo(told);

        Object other = at("Join", "joins", Map.of("document", "A"));
        Object alone = at("A", "splits", Map.of());
        Reply stored = http.put("/api/pipelines/ports", pipeline(Map.of(), read, alone, other));
        assertThat(stored.status()).as(stored.toString()).isEqualTo(201);
        String project = http.post("/api/projects", Map.of("name", "P", "pipeline", "ports"))
                .at("/id")
                .asText();
        String templates = "/api/projects/" + project + "/stage-templates";
        String id = http.get(templates).at("/items/2/id").asText();
        Reply patched = http.send("PATCH", templates + "/" + id, Map.of("inputs", Map.of("claims", "A.claims")));
        assertThat(patched.status()).isEqualTo(400);
        assertThat(patched.at("/errors/0/pointer").asText()).isEqualTo("/inputs/claims");
        assertThat(patched.at("/errors/0/detail").asText()).isEqualTo(told);
    }

    @Test
    void aFileWithSuchATextKeepsItsMeaningWithAWarning() throws Exception {
        Path file = folder.resolve("config/pipelines/dots.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                """
                name: dots
                stages:
                  - {name: A.claims, type: reads}
                  - {name: A, type: splits}
                  - {name: Join, type: joins, inputs: {document: A.claims}}
                """);
        await().until(() -> http.get("/api/pipelines/dots").status() == 200);
        JsonNode served = http.get("/api/pipelines/dots").json();
        assertThat(pointers(served.path("errors"))).isEmpty();
        assertThat(pointers(served.path("warnings"))).contains("/stages/2/inputs/document");
    }

    @Test
    void aScheduleGivesNothingToAFirstStageThatTakesFiles() {
        Map<String, Object> nightly =
                Map.of("name", "nightly", "type", "schedule", "config", Map.of("cron", "0 3 * * *"));
        Map<String, Object> files = Map.of("name", "given", "type", "files");
        Map<String, Object> sources = Map.of("sources", List.of(files, nightly), "strict", true);
        Object ingest = Map.of("name", "Take in", "type", "ingest");
        Reply warned = http.put("/api/pipelines/ports", pipeline(sources, ingest));
        assertThat(warned.status()).as(warned.toString()).isEqualTo(201);
        assertThat(pointers(warned.json().path("warnings"))).contains("/sources/1/type");
        assertThat(warned.json().path("warnings").toString())
                .contains("'nightly' starts tasks without any input", "'Take in' (ingest) takes files");
        assertThat(pointers(http.get("/api/pipelines/ports").json().path("warnings")))
                .contains("/sources/1/type");
        for (Object first : List.of(
                Map.of("name", "Fetch", "type", "download"),
                Map.of("name", "Look", "type", "reads"),
                at("Take in", "ingest", Map.of("files", "given")))) {
            Reply stored = http.put("/api/pipelines/ports", pipeline(sources, first));
            assertThat(stored.json().path("warnings").toString()).doesNotContain("without any input");
        }
        Reply fed = http.put(
                "/api/pipelines/ports", pipeline(sources, at("Take in", "ingest", Map.of("files", "nightly"))));
        assertThat(fed.json().path("warnings").toString()).contains("without any input");
    }
}
