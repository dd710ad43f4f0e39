package dev.callboard.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import dev.callboard.testing.BusAddresses;
import dev.callboard.testing.Patience;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The bridge with Vert.x's own client of npm, which comes over SockJS. npm gets it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs npm")
class EventBusIT {
    private static final Path CLIENT = Path.of("src", "test", "eventbus-client");

    @TempDir
    Path folder;

    private final List<JsonNode> said = new CopyOnWriteArrayList<>();

    @Test
    void itHearsOfThePaletteAndCanDoNothingElse() throws Exception {
        install();
        try (TestServer server = TestServer.start(folder.resolve("server"), Map.of("eventbus.enabled", "true"))) {
            Process client = new ProcessBuilder(
                            "node",
                            folder.resolve("client.mjs").toString(),
                            server.uri().toString())
                    .redirectError(folder.resolve("client.err").toFile())
                    .start();
            try {
                follow(client);
                await().until(() -> count("open") > 0);
                // Its registration is on its way: until it has arrived it hears of nothing.
                List<String> added = new ArrayList<>();
                await().until(() -> {
                    added.add("seen-" + added.size());
                    assertThat(server.add(added.get(added.size() - 1)).status()).isEqualTo(200);
                    return count("body") > 0;
                });
                long revision = server.revision();
                Set<String> addresses = BusAddresses.all();
                try (Writer input = new OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8)) {
                    input.write(String.join("\n", addresses) + "\n");
                }
                // A send and a publication for each, and a registration where there is none.
                await().until(() -> count("refused") >= 3L * addresses.size() - 2);
                assertThat(count("answered")).isZero();
                assertThat(server.revision()).isEqualTo(revision);

                assertThat(server.add("seen-last").status()).isEqualTo(200);
                await().until(() -> said.stream()
                        .anyMatch(line -> line.at("/body/stage/id").asText().equals("seen-last")));
                List<JsonNode> updates =
                        said.stream().filter(line -> line.has("body")).toList();
                assertThat(updates)
                        .allMatch(line -> line.path("address").asText().equals("palette.updates"));
                long first = updates.get(0).at("/body/revision").asLong();
                for (int i = 0; i < updates.size(); i++) {
                    assertThat(updates.get(i).at("/body/revision").asLong()).isEqualTo(first + i);
                }
                assertThat(count("heard")).isZero();
                assertThat(said).noneMatch(line -> line.toString().contains("forged"));
                assertThat(count("refused")).isEqualTo(3L * addresses.size() - 2);
            } finally {
                client.destroyForcibly();
            }
        }
    }

    private void install() throws IOException, InterruptedException {
        for (String file : List.of("package.json", "client.mjs")) {
            Files.copy(CLIENT.resolve(file), folder.resolve(file));
        }
        Process npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("npm.log").toFile())
                .start();
        assertThat(npm.waitFor(2 * Patience.SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(npm.exitValue())
                .as(Files.readString(folder.resolve("npm.log")))
                .isZero();
    }

    private void follow(Process client) {
        Thread reader = new Thread(
                () -> client.inputReader(StandardCharsets.UTF_8)
                        .lines()
                        .forEach(line -> said.add(Json.read(line, JsonNode.class))),
                "client-output");
        reader.setDaemon(true);
        reader.start();
    }

    private long count(String member) {
        return said.stream().filter(line -> line.has(member)).count();
    }
}
