package dev.callboard.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.Exposition;
import dev.callboard.testing.FeedClient;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code /metrics} says. */
class MetricsTest extends MetricsFixture {
    @Test
    void aTaskMovesTheFigures() {
        String[] echo = {"stage_type=\"echo\"", "origin=\"plugin\"", "plugin=\"Echo\"", "outcome=\"completed\""};
        assertThat(metrics().sum("callboard_executions_total")).isZero();
        run("echo", "completed");
        await().untilAsserted(() -> {
            Exposition now = metrics();
            assertThat(now.sum("callboard_executions_total", echo)).isEqualTo(1);
            assertThat(now.sum("callboard_execution_duration_seconds_count", echo))
                    .isEqualTo(1);
            assertThat(now.sum("callboard_execution_duration_seconds_bucket", "stage_type=\"echo\"", "le=\"+Inf\""))
                    .isEqualTo(1);
            assertThat(now.sum("callboard_tasks", "status=\"completed\"")).isEqualTo(1);
            assertThat(now.sum("callboard_queue_depth")).isZero();
            assertThat(now.sum("callboard_stages_running")).isZero();
        });
        assertThat(metrics().sum("callboard_stages_places")).isGreaterThanOrEqualTo(4);
        assertThat(metrics().sum("callboard_db_write_units_total")).isGreaterThan(1);
        assertThat(metrics().sum("callboard_stage_resolution_seconds_count")).isPositive();
        assertThat(metrics()
                        .sum(
                                "callboard_http_requests_seconds_count",
                                "method=\"POST\"",
                                "route=\"/api/tasks\"",
                                "status=\"201\""))
                .isEqualTo(1);
        assertThat(metrics().sum("callboard_http_requests_seconds_count", "route=\"/api/tasks/{id}\""))
                .isPositive();
    }

    @Test
    void aFailureAndItsRetryAreCounted() {
        String task = run("breaks", "failed");
        assertThat(server.http().post("/api/tasks/" + task + "/retry", Map.of()).status())
                .isEqualTo(200);
        await().untilAsserted(() -> {
            Exposition now = metrics();
            assertThat(now.sum("callboard_executions_total", "outcome=\"failed\""))
                    .isEqualTo(2);
            assertThat(now.sum("callboard_execution_retries_total")).isEqualTo(1);
        });
    }

    @Test
    void pluginsAndThePaletteAreMeasured() throws IOException {
        Exposition before = metrics();
        assertThat(before.sum("callboard_plugins", "state=\"loaded\"")).isEqualTo(2);
        assertThat(before.sum("callboard_plugins", "state=\"refused\"")).isEqualTo(1);
        assertThat(before.sum("callboard_plugin_failures_total", "reason=\"api_version\""))
                .isEqualTo(1);
        assertThat(before.sum("callboard_plugin_load_seconds_count", "plugin=\"echo.jar\""))
                .isEqualTo(1);
        assertThat(before.sum("callboard_plugin_scan_seconds_count")).isEqualTo(1);
        assertThat(before.sum("callboard_ready")).isEqualTo(1);

        long revision = server.add("mine").at("/revision").asLong();
        Exposition after = metrics();
        assertThat(after.sum("callboard_palette_revision")).isEqualTo(revision);
        assertThat(after.sum("callboard_palette_entries", "origin=\"custom\"")).isEqualTo(1);
        assertThat(after.sum("callboard_stage_registrations_total", "origin=\"custom\"", "kind=\"added\""))
                .isEqualTo(1);

        Files.writeString(server.stagesFile(), "{");
        await().until(() -> metrics().sum("callboard_stages_file_readable") == 0);
        // It serves: a stages file that cannot be read takes nothing away.
        assertThat(metrics().sum("callboard_ready")).isEqualTo(1);
    }

    @Test
    void statementsOfReadsAndWritesAndSyncsAreCounted() {
        int calls = 20;
        double statements = metrics().sum("callboard_db_statements_total");
        for (int i = 0; i < calls; i++) {
            server.http().get("/api/tasks");
        }
        double read = metrics().sum("callboard_db_statements_total");
        assertThat(read - statements).isGreaterThanOrEqualTo(calls);

        double syncs = metrics().sum("callboard_db_syncs_total");
        for (int i = 0; i < calls; i++) {
            assertThat(server.http()
                            .post("/api/tasks", Map.of("title", "T", "pipeline", "echo"))
                            .status())
                    .isEqualTo(201);
        }
        Exposition written = metrics();
        assertThat(written.sum("callboard_db_syncs_total") - syncs).isGreaterThanOrEqualTo(calls);
        assertThat(written.sum("callboard_db_statements_total") - read).isGreaterThanOrEqualTo(calls);
    }

    @Test
    void webSocketClientsAreCounted() {
        assertThat(metrics().sum("callboard_websocket_clients")).isZero();
        try (FeedClient client = server.feed()) {
            await().until(() -> metrics().sum("callboard_websocket_clients") == 1);
        }
        await().until(() -> metrics().sum("callboard_websocket_clients") == 0);
    }

    @Test
    void clientsChooseNoLabels() {
        for (int i = 0; i < 5; i++) {
            server.http().get("/nothing-" + i);
            server.http().get("/api/tasks/unknown-" + i);
        }
        Exposition now = metrics();
        assertThat(now.sum("callboard_http_requests_seconds_count", "route=\"none\"", "status=\"404\""))
                .isEqualTo(5);
        assertThat(now.samples().keySet()).noneMatch(name -> name.contains("unknown-") || name.contains("nothing-"));

        ExecutionMeters meters;
        try (Meters some = Meters.prometheus()) {
            meters = some.execution();
            for (int i = 0; i < 500; i++) {
                meters.ended("type-" + i, "custom", "none", "completed", Duration.ofMillis(1));
            }
            Exposition text = Exposition.read(some.text());
            assertThat(text.sum("callboard_executions_total")).isEqualTo(500);
            assertThat(text.sum("callboard_executions_total", "stage_type=\"other\""))
                    .isEqualTo(440);
            assertThat(text.samples().size()).isLessThan(1_500);
        }
    }
}
