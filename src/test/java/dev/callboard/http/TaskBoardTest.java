package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.Http;
import dev.callboard.testing.ManyTasks;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Tasks;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A board of 2,000 tasks, the oldest of which waits for a person. */
class TaskBoardTest {
    private static final int MANY = 2_000;

    @TempDir
    static Path folder;

    private static TestServer server;
    private static Http http;
    private static Tasks tasks;
    private static String waiting;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        http = server.http();
        tasks = new Tasks(http);
        waiting = tasks.start(Map.of(
                "title", "Renew the Licence 100%", "description", "Asked by Zoë_Miller", "pipeline", "dev-task"));
        tasks.until(waiting, "awaiting_approval");
        ManyTasks.create(http, MANY, "dev-task");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode page(String query) {
        Reply reply = http.get("/api/tasks?" + query);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json();
    }

    private static List<String> ids(String query) {
        return ids(page(query).path("items"));
    }

    private static List<String> ids(JsonNode items) {
        List<String> ids = new ArrayList<>();
        items.forEach(each -> ids.add(each.path("id").asText()));
        return ids;
    }

    private static JsonNode snapshot(FeedClient feed) {
        JsonNode snapshot = feed.subscribe("tasks").next();
        assertThat(snapshot.path("kind").asText()).isEqualTo("snapshot");
        return snapshot.path("data");
    }

    @Test
    void theOneThatWaitsIsFirstAndCountedHoweverManyAreNewer() {
        try (FeedClient feed = server.feed()) {
            JsonNode board = snapshot(feed);
            assertThat(board.at("/items/0/id").asText()).isEqualTo(waiting);
            assertThat(board.at("/items/0/status").asText()).isEqualTo("awaiting_approval");
            assertThat(board.at("/counts/awaiting_approval").asLong()).isEqualTo(1);
            assertThat(board.at("/counts/pending").asLong()).isGreaterThanOrEqualTo(MANY);
            assertThat(board.at("/items")).hasSizeBetween(201, 600);
            List<String> shown = ids(board.path("items"));
            assertThat(new HashSet<>(shown)).hasSameSizeAs(shown);
            String last = board.path("next").asText();
            assertThat(shown).contains(last);
            assertThat(ids("limit=3&cursor=" + last))
                    .hasSize(3)
                    .doesNotContainAnyElementsOf(shown)
                    .allMatch(id -> id.compareTo(last) < 0);
        }
    }

    @Test
    void theNumbersFollowEveryChange() {
        try (FeedClient feed = server.feed()) {
            long before = snapshot(feed).at("/counts/cancelled").asLong();
            String id = tasks.start(Map.of("pipeline", "dev-task", "auto_start", false));
            tasks.call(id, "cancel", Map.of());
            await().until(() -> {
                JsonNode frame = feed.next();
                return frame.at("/counts/cancelled").asLong() == before + 1;
            });
            assertThat(http.delete("/api/tasks/" + id).status()).isEqualTo(200);
            await().until(() -> feed.next().at("/counts/cancelled").asLong(-1) == before);
        }
    }

    @Test
    void aSearchFindsTheOldestByAllItsTexts() {
        for (String q : List.of("licence", "RENEW%20the", "100%25", "zo%C3%AB_miller", waiting, "dev-task%20licence")) {
            assertThat(ids("q=" + q)).as(q).containsExactly(waiting);
        }
        assertThat(ids("q=licence_")).as("signs stand for themselves").isEmpty();
        Reply none = http.get("/api/tasks?q=nowhere");
        assertThat(none.at("/items")).isEmpty();
        assertThat(none.json().path("next").isNull())
                .as("it has looked everywhere")
                .isTrue();
        assertThat(http.get("/api/tasks?q=" + "a+".repeat(11)).status()).isEqualTo(400);
    }

    @Test
    void filtersAreCombinedAndPagesFollowEachOther() {
        JsonNode first = page("status=pending&pipeline=dev-task&limit=3");
        JsonNode second = page("status=pending&pipeline=dev-task&limit=3&cursor="
                + first.path("next").asText());
        List<String> pending = new ArrayList<>(ids(first.path("items")));
        pending.addAll(ids(second.path("items")));
        assertThat(pending).hasSize(6).doesNotContain(waiting).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(new HashSet<>(pending)).hasSize(6);
        assertThat(ids("status=pending&limit=6")).isEqualTo(pending);
        assertThat(ids("status=awaiting_approval&q=licence")).containsExactly(waiting);
        assertThat(ids("status=awaiting_approval")).containsExactly(waiting);
        assertThat(ids("pipeline=auto")).isEmpty();
        assertThat(ids("status=failed")).isEmpty();
        String made = http.get("/api/tasks/" + waiting).at("/created_at").asText();
        assertThat(ids("until=" + Instant.parse(made).plusMillis(1))).containsExactly(waiting);
        assertThat(ids("since=" + Instant.parse(made).plusMillis(1) + "&q=licence"))
                .isEmpty();
        assertThat(ids("since=" + made + "&q=licence")).containsExactly(waiting);
        assertThat(http.get("/api/tasks?since=yesterday").status()).isEqualTo(400);
    }

    @Test
    void tasksOfAProjectAreListedAlone() {
        String project =
                http.post("/api/projects", Map.of("name", "Export")).at("/id").asText();
        String id = tasks.start(Map.of("project", project, "auto_start", false));
        assertThat(ids("project=" + project)).containsExactly(id);
    }

    @Test
    void whatIsArchivedCanBeFoundAndRestored() {
        String id = tasks.start(Map.of("pipeline", "dev-task", "auto_start", false, "title", "Put aside"));
        try (FeedClient feed = server.feed()) {
            snapshot(feed);
            assertThat(http.delete("/api/tasks/" + id).status()).isEqualTo(200);
            assertThat(ids("limit=5")).doesNotContain(id);
            assertThat(ids("archived=true&q=aside")).containsExactly(id);
            for (String wish : List.of("run", "redo", "retry", "approve", "cancel")) {
                Reply refused = http.post("/api/tasks/" + id + "/" + wish, Map.of());
                assertThat(refused.status()).as(wish + " " + refused).isEqualTo(409);
                assertThat(refused.json().path("detail").asText()).isEqualTo("The task is archived; restore it first.");
            }
            assertThat(http.post("/api/tasks/none/run", Map.of()).status()).isEqualTo(404);
            Reply restored = http.post("/api/tasks/" + id + "/restore", null);
            assertThat(restored.status()).isEqualTo(200);
            assertThat(restored.json().path("archived_at").isNull()).isTrue();
            assertThat(ids("archived=true")).doesNotContain(id);
            assertThat(ids("limit=5")).contains(id);
            await().until(() -> {
                JsonNode frame = feed.next();
                return frame.path("kind").asText().equals("updated")
                        && frame.at("/task/id").asText().equals(id);
            });
        }
        assertThat(http.post("/api/tasks/" + id + "/restore", null).status()).isEqualTo(200);
        assertThat(http.post("/api/tasks/nothing/restore", null).status()).isEqualTo(404);
        assertThat(http.get("/api/audit?subject=" + id).json().path("items").findValuesAsText("kind"))
                .containsSubsequence("task.restored", "task.archived");
    }

    @Test
    void severalTasksAreChangedAtOnceAndEachAnswersForItself() {
        List<String> some = List.of(
                tasks.start(Map.of("pipeline", "dev-task", "auto_start", false)),
                tasks.start(Map.of("pipeline", "dev-task", "auto_start", false)));
        List<String> wanted = List.of(some.get(0), "nothing", some.get(1), waiting);
        Reply archived = http.post("/api/tasks/bulk", Map.of("ids", wanted, "action", "archive"));
        assertThat(archived.status()).as(archived.toString()).isEqualTo(200);
        assertThat(archived.json().path("items").findValuesAsText("id")).isEqualTo(wanted);
        assertThat(archived.json().path("items").findValuesAsText("ok"))
                .containsExactly("true", "false", "true", "false");
        assertThat(archived.json().path("items").findValuesAsText("code"))
                .containsExactly("unknown_task", "wrong_status");
        assertThat(ids("archived=true")).containsAll(some);
        http.post("/api/tasks/bulk", Map.of("ids", some, "action", "restore"));
        Reply cancelled = http.post("/api/tasks/bulk", Map.of("ids", some, "action", "cancel"));
        assertThat(cancelled.json().path("items").findValuesAsText("ok")).containsOnly("true");
        some.forEach(id -> assertThat(tasks.task(id).path("status").asText()).isEqualTo("cancelled"));
        assertThat(http.post("/api/tasks/bulk", Map.of("ids", some, "action", "forget"))
                        .status())
                .isEqualTo(400);
        assertThat(http.post("/api/tasks/bulk", Map.of("ids", List.of(), "action", "cancel"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aTaskIsRenamedByWhoeverHasItsNewestState() {
        String id = tasks.start(Map.of("pipeline", "dev-task", "auto_start", false, "description", "Old"));
        Reply read = http.get("/api/tasks/" + id);
        Reply renamed =
                http.send("PATCH", "/api/tasks/" + id, Map.of("title", " New name "), "If-Match", read.header("ETag"));
        assertThat(renamed.status()).as(renamed.toString()).isEqualTo(200);
        assertThat(renamed.at("/title").asText()).isEqualTo("New name");
        assertThat(renamed.at("/description").asText()).isEqualTo("Old");
        assertThat(http.send("PATCH", "/api/tasks/" + id, Map.of("title", "B"), "If-Match", read.header("ETag"))
                        .status())
                .isEqualTo(412);
        assertThat(http.send("PATCH", "/api/tasks/" + id, Map.of("title", "  "))
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/title");
        assertThat(http.send("PATCH", "/api/tasks/" + id, Map.of()).status()).isEqualTo(400);
        assertThat(http.send("PATCH", "/api/tasks/" + id, Map.of("titel", "x")).status())
                .isEqualTo(400);
        assertThat(http.send("PATCH", "/api/tasks/nothing", Map.of("title", "x"))
                        .status())
                .isEqualTo(404);
    }

    /** A list of 600 rows stays a list: a page of text is in the task alone. */
    @Test
    void listsCutLongTexts() {
        String text = "long ".repeat(10_000);
        String id = tasks.start(Map.of("pipeline", "dev-task", "auto_start", false, "description", text));
        JsonNode row = http.get("/api/tasks?limit=1&q=" + id).at("/items/0");
        assertThat(row.path("description").asText()).hasSize(2_001).endsWith("…");
        assertThat(row.has("ledger")).isFalse();
        assertThat(tasks.task(id).path("description").asText()).isEqualTo(text.strip());
    }
}
