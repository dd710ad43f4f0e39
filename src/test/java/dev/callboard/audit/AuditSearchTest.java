package dev.callboard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The audit log is searched, narrowed, exported and followed. */
class AuditSearchTest extends AuditFixture {
    private String project(String name, String actor) {
        return http.post("/api/projects", Map.of("name", name), "X-Callboard-Actor", actor)
                .at("/id")
                .asText();
    }

    private List<String> titles(String query) {
        return rows(query).stream().map(row -> row.path("title").asText()).toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void wordsAreFoundInTitlesActorsKindsAndDetails() {
        project("Export of papers", "Ada");
        project("Import of papers", "%C5%81ukasz");
        project("100% done_now", "Ada");
        String task = http.post("/api/tasks", Map.of("title", "Read the Zeitschrift", "pipeline", "dev-task"), EDITOR)
                .at("/id")
                .asText();
        http.delete("/api/tasks/" + task, EDITOR);
        assertThat(titles("q=PAPERS&kind=project.")).containsExactly("Import of papers", "Export of papers");
        assertThat(titles("q=" + encoded("papers ada"))).containsExactly("Export of papers");
        assertThat(titles("q=" + encoded("łukasz"))).containsExactly("Import of papers");
        assertThat(titles("q=zeitschrift+archived")).containsExactly("Read the Zeitschrift");
        // Signs that mean something in a statement mean themselves.
        assertThat(titles("q=" + encoded("100%"))).containsExactly("100% done_now");
        assertThat(titles("q=" + encoded("e_n"))).containsExactly("100% done_now");
        assertThat(titles("q=" + encoded("'!"))).isEmpty();
        assertThat(http.get("/api/audit?q=" + encoded("a b c d e f g h i")).status())
                .isEqualTo(400);
    }

    @Test
    void itIsNarrowedByPersonKindSourceAndTime() {
        project("First", "Ada");
        Instant between =
                Instant.parse(rows("kind=project.created").get(0).path("at").asText());
        await().until(() -> Instant.now().isAfter(between.plusMillis(5)));
        project("Second", "Grace");
        http.post("/api/vp/stages", Stages.manual("mine"), EDITOR);
        assertThat(titles("actor=Grace")).containsExactly("Second");
        assertThat(titles("kind=project.created,stage.added&actor=editor-1")).containsExactly("Stage mine");
        assertThat(titles("kind=project.&since=" + between.plusMillis(1))).containsExactly("Second");
        assertThat(titles("kind=project.&until=" + between.plusMillis(1))).containsExactly("First");
        assertThat(titles("kind=project.&since=" + between + "&until=" + between.plusMillis(1)))
                .containsExactly("First");
        assertThat(rows("source=people&limit=500"))
                .allSatisfy(row -> assertThat(row.path("origin").asText()).startsWith("api "));
        assertThat(rows("source=files&limit=500"))
                .allSatisfy(row -> assertThat(row.path("origin").asText()).isIn("file", "plugins folder"));
        for (String wrong : List.of("since=yesterday", "until=2026-02-30T00:00:00Z", "source=nobody", "format=xml")) {
            assertThat(http.get("/api/audit?" + wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void aSearchIsReadInPages() {
        for (int i = 0; i < 7; i++) {
            project("Paper " + i, i % 2 == 0 ? "Ada" : "Grace");
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Reply reply = http.get("/api/audit?q=paper&actor=Ada&limit=3" + cursor);
            reply.at("/items").forEach(row -> seen.add(row.path("title").asText()));
            cursor = reply.at("/next").isNull()
                    ? ""
                    : "&cursor=" + reply.at("/next").asText();
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactly("Paper 6", "Paper 4", "Paper 2", "Paper 0");
    }

    /** A spreadsheet must not take what somebody called a thing for a formula. */
    @Test
    void aSpreadsheetGetsNoFormulas() {
        List<String> names = List.of("=HYPERLINK(\"https://a.b\")", "+1", "-1", "@x", "  =1", "＝1", "a,\"b\"", "plain");
        names.forEach(name -> project(name, "@ada"));
        Reply csv = http.get("/api/audit?kind=project.created&format=csv");
        assertThat(csv.status()).isEqualTo(200);
        assertThat(csv.header("content-type")).startsWith("text/csv");
        assertThat(csv.header("content-disposition")).contains("callboard-audit.csv");
        List<String> lines = csv.text().lines().toList();
        assertThat(lines.get(0)).isEqualTo("id,at,actor,origin,kind,subject,title,detail");
        assertThat(lines).hasSize(names.size() + 1);
        assertThat(lines.subList(1, lines.size())).allSatisfy(line -> {
            assertThat(line).contains(",'@ada,");
            assertThat(line).doesNotContainPattern("(^|,)\"?\\s*[=+@＝-]");
        });
        assertThat(csv.text()).contains(",\"'=HYPERLINK(\"\"https://a.b\"\")\",", ",\"a,\"\"b\"\"\",", ",plain,");
    }

    @Test
    void allThatFitsIsExported() {
        for (int i = 0; i < 620; i++) {
            server.add("stage-" + i);
        }
        Reply jsonl = http.get("/api/audit?kind=stage.added&q=stage-&format=jsonl");
        assertThat(jsonl.header("content-type")).startsWith("application/jsonl");
        Set<String> subjects = new HashSet<>();
        jsonl.text().lines().forEach(line -> subjects.add(subject(line)));
        assertThat(subjects).hasSize(620).contains("stage-0", "stage-619");
        assertThat(http.get("/api/audit?kind=stage.added&format=csv&limit=5")
                        .text()
                        .lines())
                .hasSize(6);
    }

    private static String subject(String line) {
        Map<?, ?> entry = (Map<?, ?>) Objects.requireNonNull(Json.parse(line));
        return String.valueOf(entry.get("subject"));
    }

    @Test
    void newEntriesArriveOnTheFeedOnceTheyAreStored() {
        try (FeedClient feed = server.feed()) {
            JsonNode snapshot = feed.subscribe("audit").next();
            assertThat(snapshot.path("kind").asText()).isEqualTo("snapshot");
            String id = project("Export", "Ada");
            JsonNode frame = feed.next();
            assertThat(frame.path("kind").asText()).isEqualTo("added");
            assertThat(frame.at("/entry/kind").asText()).isEqualTo("project.created");
            assertThat(frame.at("/entry/actor").asText()).isEqualTo("Ada");
            assertThat(frame.at("/entry/title").asText()).isEqualTo("Export");
            assertThat(frame.path("entry")).isEqualTo(rows("subject=" + id).get(0));
            // What is refused is no news.
            http.post("/api/projects", Map.of("name", ""), EDITOR);
            feed.expectNothingBeforePong();
            long seen = frame.path("revision").asLong();
            project("Another", "Grace");
            assertThat(feed.next().path("revision").asLong()).isEqualTo(seen + 1);
            JsonNode resumed = feed.subscribe(
                            "audit", seen, snapshot.path("epoch").asText())
                    .next();
            assertThat(resumed.at("/entry/title").asText()).isEqualTo("Another");
        }
    }

    /** The shipped pipelines are the server's own: one row each at the first start, and none for what they override. */
    @Test
    void aNewServerDoesNotBeginWithAScreenfulOfOverrides() {
        await().until(() -> !rows("kind=pipeline.").isEmpty());
        assertThat(rows("kind=override.set")).isEmpty();
        assertThat(rows("source=people,server")).isEmpty();
    }
}
