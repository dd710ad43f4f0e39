package dev.callboard.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.callboard.json.Json;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a server as a process of its own, with its own set-up of the log. */
class LogProcessTest {
    private static final String CANARY = "sk-canary-0bserv4bility";

    @TempDir
    Path folder;

    private ProcessBuilder server(Map<String, String> environment) {
        // Without the tests' classes, and so without their set-up of the log.
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        classPath,
                        "dev.callboard.Main",
                        "serve",
                        "--port",
                        "0")
                .directory(folder.toFile())
                .redirectError(folder.resolve("log").toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    /** A model's server that refuses every request and quotes the key that it was sent. */
    private static HttpServer refusing() throws IOException {
        HttpServer model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        model.createContext("/", exchange -> {
            byte[] body = ("{\"error\": {\"message\": \"no: "
                            + exchange.getRequestHeaders().getFirst("Authorization") + "\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        model.start();
        return model;
    }

    @Test
    void linesAreJsonSayWhichAttemptTheyAreOfAndKeepSecrets() throws Exception {
        HttpServer model = refusing();
        Path pipelines = Files.createDirectories(folder.resolve("config/pipelines"));
        Files.writeString(
                pipelines.resolve("evil.yaml"),
                "name: evil\nstages: [{name: a, type: planning, \"x\\n\\e[31m${jndi:ldap://x}\": 1}]\n");
        Files.copy(Path.of("config/pipelines/dev-task.yaml"), pipelines.resolve("dev-task.yaml"));
        Process process = server(Map.of(
                        "CALLBOARD_LOG_FORMAT", "json",
                        "CALLBOARD_LOG_LEVEL", "debug",
                        "CALLBOARD_MODELS_PROVIDER", "openai",
                        "CALLBOARD_MODELS_MODEL", "small",
                        "CALLBOARD_MODELS_BASE_URL",
                                "http://127.0.0.1:" + model.getAddress().getPort() + "/v1",
                        "CALLBOARD_MODELS_API_KEY_ENV", "CANARY_KEY",
                        "CANARY_KEY", CANARY))
                .start();
        try {
            Http http = Http.at(ready(process));
            Reply made = http.post(
                    "/api/tasks",
                    Map.of(
                            "title", "a ${jndi:ldap://x}",
                            "description", "a\n${jndi:ldap://x}",
                            "pipeline", "dev-task",
                            "auto_start", true));
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            String task = made.at("/id").asText();
            await().until(() ->
                    http.get("/api/tasks/" + task).at("/status").asText().equals("failed"));
            String execution = http.get("/api/tasks/" + task + "/executions")
                    .at("/items/0/id")
                    .asText();
            await().until(() -> lines().anyMatch(line -> line.contains(execution)));

            lines().forEach(line -> assertThat(Json.parse(line)).as(line).isInstanceOf(Map.class));
            Map<?, ?> failed = lines().map(line -> (Map<?, ?>) Json.parse(line))
                    .filter(line -> execution.equals(line.get("execution")) && "WARN".equals(line.get("level")))
                    .findFirst()
                    .orElseThrow();
            assertThat(failed.get("task")).isEqualTo(task);
            assertThat(failed.get("stage")).isEqualTo("Research");
            assertThat(failed.get("attempt")).isEqualTo("1");
            assertThat(lines()).anyMatch(line -> line.contains("evil.yaml")).noneMatch(line -> line.contains("${"));

            for (String path : List.of("/metrics", "/api/audit", "/api/tasks/" + task + "/executions")) {
                assertThat(http.get(path).text()).as(path).doesNotContain(CANARY);
            }
            assertThat(Files.readString(folder.resolve("log"))).doesNotContain(CANARY);
        } finally {
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            model.stop(0);
        }
        assertThat(Files.readString(folder.resolve("log"))).doesNotContain(CANARY);
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(CANARY);
            }
        }
    }

    private Stream<String> lines() throws IOException {
        String log = Files.readString(folder.resolve("log"));
        return log.substring(0, log.lastIndexOf('\n') + 1).lines();
    }

    private static URI ready(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String sign = "Callboard is listening on ";
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(sign)) {
                return URI.create(line.substring(sign.length()).strip());
            }
        }
        throw new AssertionError("the server did not start");
    }
}
