package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.callboard.json.Json;
import dev.callboard.testing.Stages;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar with the first-party plugins, as people run it. */
class RunIT {
    @TempDir
    Path dir;

    private PackagedJar jar;

    @BeforeEach
    void prepare() {
        jar = new PackagedJar(dir);
    }

    private PackagedJar.Ended run(String input, String... arguments) throws IOException, InterruptedException {
        return jar.run(input, arguments);
    }

    @Test
    void aTaskRunsHeadlessAndItsResultIsOneJsonObject() throws Exception {
        PackagedJar.Ended ended = run(
                "A text. It has two sentences.",
                "run",
                "auto",
                "--input",
                "-",
                "--json",
                "--set",
                "chunk.max_tokens=100");
        assertThat(ended.code()).as(ended.err()).isZero();
        Map<?, ?> task = (Map<?, ?>) Json.parse(ended.out());
        assertThat(task.get("status")).isEqualTo("completed");
        List<String> stages = new ArrayList<>();
        for (Object each : (List<?>) task.get("executions")) {
            Map<?, ?> execution = (Map<?, ?>) each;
            stages.add(String.valueOf(execution.get("stage")));
            assertThat(execution.get("output")).isNotNull();
        }
        assertThat(stages)
                .startsWith("ingest", "parse", "ir-validation", "chunk")
                .contains("embed", "index", "extract", "knowledge-graph")
                .hasSize(8);
        assertThat(ended.err()).contains("[4/8] chunk completed", "[6/8] index completed");
    }

    @Test
    void badUsageIsReportedWithCodeTwo() throws Exception {
        assertThat(run("", "run", "nope").code()).isEqualTo(2);
        assertThat(run("", "run", "auto", "--stages", "nope").code()).isEqualTo(2);
        assertThat(run("", "run", "auto", "--input", "missing").code()).isEqualTo(2);
        assertThat(run("", "run", "auto", "--bogus").code()).isEqualTo(2);
        PackagedJar.Ended wrong = run("", "run", "auto", "--set", "chunk=1");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("TEMPLATE.KEY=VALUE");
        assertThat(wrong.out()).isEmpty();
    }

    @Test
    void anAddressIsFetchedAndOneThatDoesNotAnswerIsUnreadable() throws Exception {
        HttpServer web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        byte[] text = "A text from the web. It has two sentences.".getBytes(StandardCharsets.UTF_8);
        web.createContext("/notes.txt", exchange -> {
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        web.start();
        try {
            String base = "http://127.0.0.1:" + web.getAddress().getPort();
            PackagedJar.Ended ended = run("", "run", "auto", "--input", base + "/notes.txt", "--json");
            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(ended.out()).contains("\"notes.txt\"").contains("A text from the web.");
            PackagedJar.Ended missing = run("", "run", "auto", "--input", base + "/missing");
            assertThat(missing.code()).isEqualTo(2);
            assertThat(missing.err()).contains("it answered 404");
        } finally {
            web.stop(0);
        }
    }

    private static final String RESEARCH =
            """
            {"research": "Found.", "questions": [], "suggested_stages": [{"name": "Write", "reason": "Needed."}]}""";

    /** A pipeline of programs: one suggests stages, the next ones write what they are given. */
    private void programs(String approval) throws IOException {
        Path config = Files.createDirectories(dir.resolve("config/pipelines")).getParent();
        Files.writeString(config.resolve("callboard.yaml"), "command: {enabled: true, programs: [cat, echo]}\n");
        List<Map<String, Object>> stages = new ArrayList<>();
        for (Map.Entry<String, List<String>> each : Map.of("say", List.of("echo", RESEARCH), "write", List.of("cat"))
                .entrySet()) {
            stages.add(Stages.of(each.getKey(), "command", Map.of("command", each.getValue())));
        }
        Files.writeString(config.resolve("custom_pipeline_stages.json"), Json.write(Map.of("stages", stages)));
        Files.writeString(
                config.resolve("pipelines/suggested.yaml"),
                """
                name: suggested
                stages:
                  - {name: Research, type: say, approval: approval, output_format: research, output_schema: {type: object}}
                  - {name: Plan, type: write, depends_on: [Research], approval: approval, prompt_template: A plan}
                  - {name: Write, type: write, depends_on: [Plan], prompt_template: "# Done\\nAs {{task_description}}", approval: %s}
                """
                        .formatted(approval));
    }

    @Test
    void approvingAllTakesWhatIsSuggestedAndPrintsTheResult() throws Exception {
        programs("approval");
        PackagedJar.Ended ended = run("", "run", "suggested", "--approve-all");
        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out()).contains("completed\n\n# Done\nAs ").doesNotContain("Plan completed");

        PackagedJar.Ended waiting = run("", "run", "suggested");
        assertThat(waiting.code()).isEqualTo(3);
    }

    @Test
    void approvingAllEndsWhereAPersonIsNeeded() throws Exception {
        programs("{fields: [title]}");
        PackagedJar.Ended ended = run("", "run", "suggested", "--approve-all");
        assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(3);
        assertThat(ended.err()).contains("The stage 'Write' needs a person: ");
    }

    @Test
    void approvingAllGivesNoResultInAPersonsPlace() throws Exception {
        PackagedJar.Ended byHand = run("", "run", "dev-task", "--approve-all");
        assertThat(byHand.code()).isEqualTo(3);
        assertThat(byHand.err()).contains("The stage 'Research' needs a person: ");
    }

    @Test
    void theResultIsPrintedAsIndentedJson() throws Exception {
        PackagedJar.Ended ended =
                run("A text. It has two sentences.", "run", "auto", "--input", "-", "--stages", "ingest,parse,chunk");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains(" completed\n\n").contains("\n  ").contains("It has two sentences.");
    }

    @Test
    void aTaskThatFailsIsCodeOne() throws Exception {
        PackagedJar.Ended ended = run("", "run", "auto", "--stages", "ingest,parse");
        assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(1);
        assertThat(ended.out()).contains("failed");
    }

    @Test
    void aHeldDataFolderIsRefusedAndAServerTakesTheTask() throws Exception {
        Path listening = dir.resolve("listening");
        Process server = jar.command("serve", "--port", "0")
                .redirectOutput(listening.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Awaitility.await().until(() -> Files.readString(listening).contains("http://"));
            String url = Files.readString(listening).strip().replaceFirst(".* ", "");
            PackagedJar.Ended refused = run("x", "run", "auto", "--input", "-");
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains("in use by another Callboard; use --server URL");
            PackagedJar.Ended taken = run("A text.", "run", "auto", "--input", "-", "--json", "--server", url);
            assertThat(taken.code()).as(taken.err()).isZero();
            assertThat(Json.parse(taken.out())).isInstanceOf(Map.class);
        } finally {
            server.destroy();
            assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(server.exitValue()).isZero();
    }

    @Test
    void aPipelineFileIsValidatedWithPlaces() throws Exception {
        Path file = Files.writeString(dir.resolve("p.yaml"), "name: p\nstages:\n  - {name: a, type: nope}\n");
        PackagedJar.Ended bad = run("", "validate", file.toString());
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.err()).contains("p.yaml:3:15: /stages/0/type there is no stage type 'nope'");
        Files.writeString(file, "name: p\nstages:\n  - {name: a, type: ingest}\n");
        assertThat(run("", "validate", file.toString()).code()).isZero();
        assertThat(run("", "validate", "missing.yaml").code()).isEqualTo(2);
    }
}
