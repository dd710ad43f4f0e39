package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As many stages as a pipeline may have are drawn, compiled, saved and started; one more is refused. */
class LargeGraphTest extends PipelineApiFixture {
    private static final int MOST = 1_000;

    /** A chain from a text to the result, drawn from its end. */
    private static Map<String, Object> chain(int stages) {
        List<Object> nodes = new ArrayList<>();
        List<Object> edges = new ArrayList<>();
        nodes.add(Map.of("id", "end", "type", "sink", "sink_type", "result"));
        edges.add(edge("s" + stages, "out", "end", "any"));
        for (int i = stages; i >= 1; i--) {
            nodes.add(Map.of("id", "s" + i, "type", "stage", "stage_id", "echo"));
            edges.add(i == 1 ? edge("start", "text", "s1", "in") : edge("s" + (i - 1), "out", "s" + i, "in"));
        }
        nodes.add(Map.of("id", "start", "type", "source", "source_type", "text"));
        return Map.of("nodes", nodes, "edges", edges);
    }

    private static Map<String, Object> edge(String from, String fromPort, String to, String toPort) {
        return Map.of(
                "id",
                "to-" + to,
                "source_node",
                from,
                "source_port",
                fromPort,
                "target_node",
                to,
                "target_port",
                toPort);
    }

    @Test
    void aThousandStagesAreCompiledSavedAndStarted() {
        Map<String, Object> graph = chain(MOST);
        Reply compiled = server.http().post("/api/vp/compile", graph);
        assertThat(compiled.at("/valid").asBoolean()).as(compiled.text()).isTrue();
        assertThat(compiled.at("/pipeline/stages")).hasSize(MOST);
        assertThat(compiled.at("/plan/main_path")).hasSize(MOST + 2);

        assertThat(put("drawn", graph).status()).isEqualTo(201);
        Reply saved = get("drawn");
        assertThat(saved.at("/definition/stages")).hasSize(MOST);

        Reply project = server.http().post("/api/projects", Map.of("name", "P", "pipeline", "drawn"));
        assertThat(project.status()).as(project.text()).isEqualTo(201);
        Reply task = server.http()
                .post(
                        "/api/tasks",
                        Map.of(
                                "title",
                                "T",
                                "project",
                                project.at("/id").asText(),
                                "auto_start",
                                true,
                                "input",
                                List.of(Map.of("text", "hello"))));
        assertThat(task.status()).as(task.text()).isEqualTo(201);
        String stages = "/api/tasks/" + task.at("/id").asText() + "/stages";
        List<Object> all = new ArrayList<>();
        server.http()
                .get("/api/tasks/" + task.at("/id").asText())
                .at("/stages")
                .forEach(stage ->
                        all.add(Map.of("stage_template_id", stage.at("/id").asText(), "sort_order", all.size() + 1)));
        assertThat(all).hasSize(MOST);
        Reply selected = server.http().put(stages, Map.of("stages", all));
        assertThat(selected.status()).as(selected.text()).isEqualTo(200);
    }

    @Test
    void oneStageMoreIsRefused() {
        Reply compiled = server.http().post("/api/vp/compile", chain(MOST + 1));
        assertThat(compiled.at("/pipeline").isNull()).isTrue();
        assertThat(compiled.text()).contains("must have at most 1000");
        assertThat(put("drawn", chain(MOST + 1)).status()).isEqualTo(400);
    }
}
