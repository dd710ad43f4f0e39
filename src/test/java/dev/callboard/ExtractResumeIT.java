package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Patience;
import dev.callboard.testing.Tasks;
import dev.callboard.testing.WebStub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed while {@code extract} asks a model: the next one asks only for what has no answer yet, and finds what a task
 * that nobody disturbed finds. {@code -Dcallboard.rounds=20} for more.
 */
class ExtractResumeIT {
    private static final int PORTIONS = 12;

    /** What the model finds in its portion. */
    private static final Pattern STUDY = Pattern.compile("(Compound\\d+) relieves headache");

    private static final String PIPELINE =
            """
            name: asked
            version: 1.0.0
            stages:
              - {name: ingest, type: ingest, depends_on: []}
              - {name: parse, type: parse, depends_on: [ingest]}
              - {name: chunk, type: chunk, depends_on: [parse]}
              - {name: extract, type: extract, depends_on: [chunk], config: {methods: [model]}}
            """;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    private final int rounds = Integer.getInteger("callboard.rounds", 1);
    private final Random random = new Random(Long.getLong("seed", System.nanoTime()));
    private final WebStub model = new WebStub();

    /** The questions that come after so many wait, as those of a slow model, until there is no server that waits for them. */
    private volatile int answered = Integer.MAX_VALUE;

    private volatile CountDownLatch killed = new CountDownLatch(0);

    @AfterEach
    void stop() {
        killed.countDown();
        model.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (model.requests().size() > answered) {
            try {
                killed.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Matcher study = STUDY.matcher(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        assertThat(study.find()).isTrue();
        String drug = study.group(1);
        Map<String, Object> claim = Map.of(
                "subject", drug, "predicate", "relieves", "object", "headache", "part", 1, "quote", study.group());
        List<Map<String, String>> entities =
                List.of(Map.of("name", drug, "type", "drug"), Map.of("name", "headache", "type", "symptom"));
        String found = MAPPER.writeValueAsString(Map.of("entities", entities, "claims", List.of(claim)));
        WebStub.reply(
                exchange,
                200,
                "application/json",
                MAPPER.writeValueAsString(Map.of("choices", List.of(Map.of("message", Map.of("content", found))))));
    }

    /** Paragraphs, each as long as one question may be. */
    private static String text() {
        List<String> paragraphs = new ArrayList<>();
        for (int i = 0; i < PORTIONS; i++) {
            paragraphs.add("Compound" + (i + 10) + " relieves headache in one study. "
                    + "Words that go on and on. ".repeat(200));
        }
        return String.join("\n\n", paragraphs);
    }

    private JarProcess server() throws IOException {
        return JarProcess.serveAsDelivered(folder);
    }

    private static String start(Http http) {
        Tasks tasks = new Tasks(http);
        tasks.awaitStages("ingest", "parse", "chunk", "extract");
        assertThat(http.put("/api/pipelines/asked", PIPELINE, "Content-Type", "application/yaml")
                        .status())
                .isLessThan(300);
        String blob = tasks.blob(text().getBytes(StandardCharsets.UTF_8), "text/plain");
        return tasks.start(Map.of("pipeline", "asked", "input", List.of(Map.of("blob", blob, "name", "studies.txt"))));
    }

    private static JsonNode found(Http http, String task) {
        Tasks tasks = new Tasks(http);
        tasks.until(task, "completed", Patience.LONG);
        JsonNode output = tasks.output(task, "extract");
        assertThat(output.path("claims").size()).isEqualTo(PORTIONS);
        return output;
    }

    private List<String> asked(int from) {
        return model.requests().stream().skip(from).map(WebStub.Request::body).collect(Collectors.toList());
    }

    @Test
    void afterTheEndOfTheServerOnlyWhatHasNoAnswerIsAsked() throws Exception {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config").resolve("callboard.yaml"),
                """
                network:
                  allow: 127.0.0.1:%d
                plugins:
                  settings:
                    documents:
                      model_url: %s
                      model: small
                """
                        .formatted(model.port(), model.url("/v1")));
        model.answer("/v1/chat/completions", this::answer);
        JsonNode undisturbed;
        try (JarProcess server = server()) {
            undisturbed = found(server.http(), start(server.http()));
        }
        assertThat(model.requests()).hasSize(PORTIONS);
        for (int round = 0; round < rounds; round++) {
            int before = model.requests().size();
            int answers = 1 + random.nextInt(PORTIONS - 1);
            killed = new CountDownLatch(1);
            answered = before + answers;
            String task;
            try (JarProcess server = server()) {
                task = start(server.http());
                await().atMost(Patience.LONG).until(() -> model.requests().size() > before + answers);
                server.kill();
            }
            answered = Integer.MAX_VALUE;
            killed.countDown();
            try (JarProcess server = server()) {
                assertThat(found(server.http(), task)).isEqualTo(undisturbed);
            }
            List<String> questions = asked(before);
            // The one that the server waited for when it was killed is asked twice.
            assertThat(questions).hasSize(PORTIONS + 1);
            assertThat(new HashSet<>(questions)).hasSize(PORTIONS);
        }
    }
}
