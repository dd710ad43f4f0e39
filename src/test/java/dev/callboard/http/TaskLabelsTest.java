package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Tasks;
import dev.callboard.testing.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels by which people find tasks again. */
class TaskLabelsTest {
    @TempDir
    static Path folder;

    private static TestServer server;
    private static Http http;
    private static Tasks tasks;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        http = server.http();
        tasks = new Tasks(http);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String task(String title) {
        return tasks.start(Map.of("title", title, "pipeline", "dev-task", "auto_start", false));
    }

    private static Reply made(Object labels) {
        return http.post("/api/tasks", Map.of("title", "Labelled", "pipeline", "dev-task", "labels", labels));
    }

    @Test
    void aTaskIsMadeWithThem() {
        Reply made = made(List.of(" pressing ", "Docs", "PRESSING"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(labels(made.json())).containsExactly("pressing", "Docs");
        String id = made.at("/id").asText();
        assertThat(labels(http.get("/api/tasks/" + id).json())).containsExactly("pressing", "Docs");
        assertThat(found("label=docs")).contains(id);
        Map.of("a", "/labels", List.of("x,y"), "/labels/0", List.of("a", 1), "/labels/1", List.of(" "), "/labels/0")
                .forEach((labels, pointer) -> {
                    Reply refused = made(labels);
                    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
                    assertThat(refused.code()).isEqualTo("invalid_task");
                    assertThat(refused.at("/errors").findValuesAsText("pointer"))
                            .containsExactly(pointer);
                });
    }

    /** Each word finds, and is the same label as, the other one. */
    @ParameterizedTest
    @CsvSource({
        "Straße, STRASSE",
        "STRASSE, straße",
        "İstanbul, istanbul",
        "istanbul, İSTANBUL",
        "ıssız, ISSIZ",
        "Congreſs, CONGRESS",
        "ΟΔΟΣ, οδος",
        "οδοσα, ΟΔΟΣΑ"
    })
    void caseIsFoldedTheSameWayOnBothSides(String written, String asked) {
        Reply made = http.post(
                "/api/tasks",
                Map.of("title", "Road " + written, "pipeline", "dev-task", "labels", List.of(written, asked)));
        assertThat(labels(made.json())).as(made.text()).containsExactly(written);
        String id = made.at("/id").asText();
        String encoded = URLEncoder.encode(asked, StandardCharsets.UTF_8);
        assertThat(found("label=" + encoded)).contains(id);
        assertThat(found("q=" + encoded)).contains(id);
        assertThat(http.get("/api/audit?q=" + encoded).at("/items").findValuesAsText("subject"))
                .contains(id);
    }

    private static Reply label(String id, Object labels) {
        return http.send("PATCH", "/api/tasks/" + id, Map.of("labels", labels));
    }

    private static List<String> labels(JsonNode task) {
        List<String> labels = new ArrayList<>();
        task.get("labels").forEach(label -> labels.add(label.asText()));
        return labels;
    }

    private static List<String> found(String query) {
        List<String> ids = new ArrayList<>();
        http.get("/api/tasks?" + query)
                .json()
                .get("items")
                .forEach(task -> ids.add(task.get("id").asText()));
        return ids;
    }

    @Test
    void theyAreKeptAndATaskIsFoundByAWholeOneInAnyCase() {
        String one = task("One");
        String other = task("Other");
        JsonNode before = http.get("/api/tasks/" + one).json();
        assertThat(labels(before)).isEmpty();
        Reply labelled = label(one, List.of(" Urgent ", "Q4 \"audit\"", "urgent", "Zoë"));
        assertThat(labelled.status()).as(labelled.toString()).isEqualTo(200);
        assertThat(labels(labelled.json())).containsExactly("Urgent", "Q4 \"audit\"", "Zoë");
        assertThat(labelled.json().get("revision").asLong())
                .isGreaterThan(before.get("revision").asLong());
        label(other, List.of("not urgent"));
        assertThat(found("label=urgent")).containsExactly(one);
        assertThat(found("label=URGENT&q=one")).containsExactly(one);
        assertThat(found("label=urg")).isEmpty();
        assertThat(found("label=Q4%20%22audit%22")).containsExactly(one);
        assertThat(found("label=%25")).isEmpty();
        assertThat(labels(http.get("/api/tasks?q=one").json().get("items").get(0)))
                .contains("Urgent");

        http.send("PATCH", "/api/tasks/" + one, Map.of("title", "Renamed"));
        assertThat(labels(http.get("/api/tasks/" + one).json())).hasSize(3);
        label(one, List.of());
        assertThat(found("label=urgent")).isEmpty();
    }

    @Test
    void whatIsNoLabelIsRefusedWithItsPlace() {
        String id = task("Refused");
        for (Object wrong : List.of(List.of("good", " "), List.of("good", "a,b"), List.of("good", "line\nbreak"))) {
            Reply refused = label(id, wrong);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo("/labels/1");
        }
        assertThat(label(id, List.of("x".repeat(51))).status()).isEqualTo(400);
        assertThat(label(id, "urgent").status()).isEqualTo(400);
        assertThat(label(id, List.of(1)).status()).isEqualTo(400);
        assertThat(label(id, IntStream.range(0, 21).mapToObj(n -> "l" + n).toList())
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/labels");
        assertThat(label(id, Collections.nCopies(50, "same")).status()).isEqualTo(200);
        assertThat(labels(http.get("/api/tasks/" + id).json())).containsExactly("same");
    }
}
