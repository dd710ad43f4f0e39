package dev.callboard.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.json.Json;
import dev.callboard.testing.Exposition;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code /metrics} says, and that alerts, dashboard and documentation speak of what it says. */
class MetricsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern OURS = Pattern.compile("\\bcallboard_[a-z0-9_]+");

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        PluginJars.of("Echo", "echo").write(folder.resolve("plugins"), "echo.jar");
        PluginJars.of("Breaks", "breaks")
                .registering("new StageRegistration(StageMetadata.builder(\"breaks\").build(),"
                        + " () -> (context, input) -> { throw new IllegalStateException(\"It broke.\"); })")
                .write(folder.resolve("plugins"), "breaks.jar");
        PluginJars.of("Old", "old").api("0").write(folder.resolve("plugins"), "old.jar");
        Path pipelines = Files.createDirectories(folder.resolve("config/pipelines"));
        Files.writeString(pipelines.resolve("echo.yaml"), "name: echo\nstages:\n  - {name: say, type: echo}\n");
        Files.writeString(pipelines.resolve("breaks.yaml"), "name: breaks\nstages:\n  - {name: fall, type: breaks}\n");
        server = TestServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Exposition metrics() {
        Reply reply = server.http().get("/metrics");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        return Exposition.read(reply.text());
    }

    /** Runs a task to that status. */
    private String run(String pipeline, String end) {
        Reply made = server.http()
                .post(
                        "/api/tasks",
                        Map.of(
                                "title",
                                pipeline,
                                "pipeline",
                                pipeline,
                                "input",
                                List.of(Map.of("text", "hello")),
                                "auto_start",
                                true));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String id = made.at("/id").asText();
        await().atMost(SOON).until(() -> status(id).equals(end));
        return id;
    }

    private String status(String task) {
        return server.http().get("/api/tasks/" + task).at("/status").asText();
    }

    @Test
    void aTaskMovesTheFigures() {
        String[] echo = {"stage_type=\"echo\"", "origin=\"plugin\"", "plugin=\"Echo\"", "outcome=\"completed\""};
        assertThat(metrics().sum("callboard_executions_total")).isZero();
        run("echo", "completed");
        await().atMost(SOON).untilAsserted(() -> {
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
        await().atMost(SOON).untilAsserted(() -> {
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
        await().atMost(SOON).until(() -> metrics().sum("callboard_stages_file_readable") == 0);
        // It serves: a stages file that cannot be read takes nothing away.
        assertThat(metrics().sum("callboard_ready")).isEqualTo(1);
    }

    @Test
    void webSocketClientsAreCounted() {
        assertThat(metrics().sum("callboard_websocket_clients")).isZero();
        try (FeedClient client = server.feed()) {
            await().atMost(SOON).until(() -> metrics().sum("callboard_websocket_clients") == 1);
        }
        await().atMost(SOON).until(() -> metrics().sum("callboard_websocket_clients") == 0);
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

    @Test
    void alertsDashboardAndDocumentationNameWhatIsServed() throws IOException {
        run("echo", "completed");
        await().atMost(SOON).until(() -> metrics().sum("callboard_executions_total") > 0);
        Set<String> served = metrics().names();

        List<String> rules = alerts();
        assertThat(rules).hasSizeGreaterThanOrEqualTo(8);
        assertThat(named(String.join("\n", rules))).isNotEmpty().allMatch(served::contains);

        Map<?, ?> dashboard;
        try (InputStream json = Files.newInputStream(Path.of("deploy/grafana/callboard.json"))) {
            dashboard = (Map<?, ?>) Json.parse(json.readAllBytes());
        }
        List<?> panels = (List<?>) dashboard.get("panels");
        List<String> expressions = new ArrayList<>();
        Set<Object> ids = new TreeSet<>();
        for (Object panel : panels) {
            assertThat(((Map<?, ?>) panel).get("gridPos")).isInstanceOf(Map.class);
            assertThat(ids.add(((Map<?, ?>) panel).get("id"))).isTrue();
            if (((Map<?, ?>) panel).get("targets") instanceof List<?> targets) {
                targets.forEach(target -> expressions.add((String) ((Map<?, ?>) target).get("expr")));
            }
        }
        assertThat(expressions).hasSizeGreaterThanOrEqualTo(12).doesNotContainNull();
        assertThat(named(String.join("\n", expressions))).isNotEmpty().allMatch(served::contains);

        String documented = Files.readString(Path.of("docs/metrics.md"));
        Set<String> table = named(documented);
        Set<String> families = new TreeSet<>();
        served.stream()
                .filter(name -> name.startsWith("callboard_"))
                .forEach(name -> families.add(name.replaceFirst("_(bucket|sum|count|max)$", "")));
        assertThat(table).as("docs/metrics.md").isEqualTo(families);
    }

    private static List<String> alerts() throws IOException {
        Map<?, ?> file = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Path.of("deploy/prometheus/alerts.yaml")));
        List<String> expressions = new ArrayList<>();
        for (Object group : (List<?>) file.get("groups")) {
            for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                Map<?, ?> alert = (Map<?, ?>) rule;
                assertThat(Stream.of("alert", "expr", "labels", "annotations")).allMatch(alert::containsKey);
                assertThat(((Map<?, ?>) alert.get("annotations")).keySet().toString())
                        .isEqualTo("[summary, description]");
                expressions.add((String) alert.get("expr"));
            }
        }
        return expressions;
    }

    private static Set<String> named(String text) {
        Set<String> names = new TreeSet<>();
        Matcher name = OURS.matcher(text);
        while (name.find()) {
            names.add(name.group());
        }
        return names;
    }
}
