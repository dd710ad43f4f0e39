package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules, over the API. The tasks wait for a person, so that each of them stays open. */
class ScheduleTriggersTest {
    private static final Map<String, String> SECONDLY = Map.of("cron", "* * * * * *", "overlap", "start");

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

    private static List<String> dues(String pipeline) {
        return fixture.tasks(pipeline).stream()
                .map(task -> task.at("/trigger/due_at").asText())
                .toList();
    }

    @Test
    void onceAPipelineIsStoredItsTriggersAreThereAndOnceItIsRemovedTheyAreNot() {
        Map<String, String> yearly = Map.of("cron", "0 0 1 1 *");
        for (int i = 0; i < 20; i++) {
            String name = "at-once-" + i;
            assertThat(fixture.put(name, "schedule", yearly).status()).isEqualTo(201);
            assertThat(fixture.list(name)).as(name).hasSize(1);
            assertThat(server.http().delete("/api/pipelines/" + name).status()).isEqualTo(200);
            assertThat(fixture.list(name)).as(name).isEmpty();
        }
    }

    @Test
    void eachSecondHasOneTaskThatSaysWhatStartedIt() {
        JsonNode trigger = fixture.trigger("secondly", "schedule", SECONDLY);
        await().until(() -> dues("secondly").size() >= 3);
        assertThat(dues("secondly")).doesNotHaveDuplicates();
        JsonNode task = fixture.tasks("secondly").get(0);
        assertThat(task.at("/trigger/id")).isEqualTo(trigger.at("/id"));
        assertThat(task.at("/trigger/type").asText()).isEqualTo("schedule");
        assertThat(task.at("/created_by").asText()).isEqualTo("source: secondly/in");
        assertThat(server.http().get("/api/tasks/" + task.at("/id").asText()).at("/trigger"))
                .isEqualTo(task.at("/trigger"));
        assertThat(fixture.command(trigger, "pause").at("/trigger/state").asText())
                .isEqualTo("paused");
        int paused = fixture.tasks("secondly").size();
        Instant later = Instant.now().plusSeconds(2);
        await().until(() -> Instant.now().isAfter(later));
        assertThat(fixture.tasks("secondly")).hasSize(paused);
        JsonNode resumed = fixture.command(trigger, "resume").at("/trigger");
        assertThat(resumed.at("/state").asText()).isEqualTo("active");
        assertThat(Instant.parse(resumed.at("/next_at").asText())).isAfter(later.minusSeconds(1));
        await().until(() -> fixture.tasks("secondly").size() > paused);
        fixture.command(trigger, "pause");
    }

    @Test
    void whatOverlapsIsSkippedAndSaysWhy() {
        JsonNode trigger = fixture.trigger("skips", "schedule", Map.of("cron", "* * * * * *"));
        await().until(() -> fixture.trigger("skips").at("/skipped").asText().contains("the task before had not ended"));
        assertThat(fixture.tasks("skips")).hasSize(1);
        String task = fixture.tasks("skips").get(0).at("/id").asText();
        assertThat(fixture.trigger("skips").at("/last_task").asText()).isEqualTo(task);
        server.http().post("/api/tasks/" + task + "/cancel", null);
        await().until(() -> fixture.tasks("skips").size() == 2);
        fixture.command(trigger, "pause");
    }

    @Test
    void whatOverlapsWaitsInLine() {
        JsonNode trigger = fixture.trigger("queues", "schedule", Map.of("cron", "* * * * * *", "overlap", "queue"));
        await().until(() -> fixture.trigger("queues").at("/skipped").asText().contains("waits until the task before"));
        assertThat(fixture.tasks("queues")).hasSize(1);
        Instant first = Instant.parse(dues("queues").get(0));
        server.http()
                .post("/api/tasks/" + fixture.tasks("queues").get(0).at("/id").asText() + "/cancel", null);
        await().until(() -> fixture.tasks("queues").size() == 2);
        assertThat(dues("queues")).containsExactly(first.plusSeconds(1).toString(), first.toString());
        fixture.command(trigger, "pause");
    }

    @Test
    void firingByHandIsWrittenDownAndLeavesTheDueTimeAlone() {
        JsonNode trigger = fixture.trigger("yearly", "schedule", Map.of("cron", "0 0 1 1 *"));
        Reply fired = fixture.command(trigger, "fire");
        assertThat(fired.status()).as(fired.toString()).isEqualTo(200);
        assertThat(fired.at("/trigger/next_at")).isEqualTo(trigger.at("/next_at"));
        assertThat(fired.at("/trigger/last_task")).isEqualTo(fired.at("/task_id"));
        JsonNode task =
                server.http().get("/api/tasks/" + fired.at("/task_id").asText()).json();
        assertThat(task.at("/trigger/due_at").isNull()).isTrue();
        assertThat(task.at("/created_by").asText()).isEqualTo("local");
        assertThat(server.http().get("/api/audit?kind=trigger.fired").at("/items/0/subject"))
                .isEqualTo(trigger.at("/id"));
    }

    @Test
    void aTriggerSurvivesEditsAndAbsence() {
        JsonNode trigger = fixture.trigger("kept", "schedule", Map.of("cron", "0 0 1 1 *"));
        fixture.command(trigger, "fire");
        assertThat(fixture.put("kept", "schedule", Map.of("cron", "0 0 2 1 *")).status())
                .isEqualTo(200);
        await().until(() -> fixture.trigger("kept").at("/next_at").asText().contains("-01-02T"));
        assertThat(fixture.trigger("kept").at("/id")).isEqualTo(trigger.at("/id"));
        server.http().delete("/api/pipelines/kept");
        await().until(() -> fixture.list("kept").isEmpty());
        assertThat(fixture.command(trigger, "fire").code()).isEqualTo("unknown_trigger");
        JsonNode back = fixture.trigger("kept", "schedule", Map.of("cron", "0 0 2 1 *"));
        assertThat(back.at("/id")).isEqualTo(trigger.at("/id"));
        assertThat(back.at("/last_task").isTextual()).isTrue();
    }

    @Test
    void onlyWebhooksHaveAddressesAndOnlyKnownTriggersCanBeCommanded() {
        JsonNode trigger = fixture.trigger("timed", "schedule", Map.of("cron", "0 0 1 1 *"));
        assertThat(fixture.command(trigger, "rotate").code()).isEqualTo("not_a_webhook");
        assertThat(server.http().post("/api/triggers/nothing/fire", null).code())
                .isEqualTo("unknown_trigger");
    }
}
