package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.DiskFault;
import dev.callboard.testing.Exposition;
import dev.callboard.testing.Http;
import dev.callboard.testing.Patience;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Below {@code limits.reserve_bytes} nothing is taken, whatever kind of file it would go into, and what the server says of
 * itself follows. On a small disk in memory; skipped where it cannot be mounted.
 */
class ReserveTest {
    private static final long RESERVE = 8L << 20;

    @TempDir
    Path folder;

    private TestServer server;
    private Http http;

    @Test
    void belowTheReserveNothingIsTakenAndTheServerSaysSoUntilThereIsRoomAgain() throws Exception {
        Path disk = folder.resolve("disk");
        try (DiskFault fault = DiskFault.full(disk, 96);
                TestServer started = TestServer.start(disk, Map.of("limits.reserve_bytes", "" + RESERVE))) {
            server = started;
            http = server.http();
            assertThat(http.put("/api/pipelines/kept", pipeline("kept")).status())
                    .isEqualTo(201);
            assertThat(server.add("kept").status()).isEqualTo(200);
            assertThat(upload(1 << 20).statusCode()).isEqualTo(201);
            says("up", 200, 1);
            Map<String, String> before = files(disk);
            String lists = lists();

            DiskFault.Full full = (DiskFault.Full) fault;
            full.fillTo(RESERVE / 2);
            says("down", 503, 0);
            full(http.put("/api/pipelines/kept", pipeline("kept", "one", "two")));
            full(http.put("/api/pipelines/new", pipeline("new")));
            full(server.add("new"));
            full(http.put("/api/vp/stages/kept", Stages.manual("kept", "Other")));
            full(http.post(
                    "/api/tasks", Map.of("title", "T", "pipeline", "kept", "input", List.of(Map.of("text", "x")))));
            assertThat(upload(10).statusCode()).isEqualTo(507);
            assertThat(lists()).isEqualTo(lists);
            assertThat(files(disk)).isEqualTo(before);

            full.end();
            full.fillTo(RESERVE + (3 << 20));
            says("up", 200, 1);
            HttpResponse<String> tooMuch = upload(8 << 20);
            assertThat(tooMuch.statusCode()).as("begun above the reserve").isEqualTo(507);
            assertThat(tooMuch.body()).contains("storage_full", "limits.reserve_bytes");
            await().untilAsserted(() -> assertThat(files(disk)).isEqualTo(before));

            full.end();
            says("up", 200, 1);
            assertThat(http.put("/api/pipelines/new", pipeline("new")).status()).isEqualTo(201);
            assertThat(server.add("new").status()).isEqualTo(200);
            assertThat(upload(8 << 20).statusCode()).isEqualTo(201);
        }
    }

    private static void full(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(507);
        assertThat(reply.code()).isEqualTo("storage_full");
        assertThat(reply.text()).contains("limits.reserve_bytes", "Nothing was stored");
    }

    private void says(String disk, int status, double writable) {
        await().untilAsserted(() -> {
            Reply ready = http.get("/health/ready");
            assertThat(ready.at("/checks/disk/status").asText()).isIn(disk, disk.equals("up") ? "degraded" : disk);
            assertThat(ready.status()).as(ready.text()).isEqualTo(status);
            assertThat(ready.at("/checks/database/status").asText()).isEqualTo(disk);
            assertThat(Exposition.read(http.get("/metrics").text()).samples())
                    .containsEntry("callboard_storage_writable{}", writable);
        });
        assertThat(http.get("/health/live").status()).isEqualTo(200);
    }

    private static Map<String, Object> pipeline(String name, String... stages) {
        return Map.of(
                "name",
                name,
                "stages",
                Stream.concat(Stream.of("first"), Stream.of(stages))
                        .map(stage -> Map.of("name", stage, "type", "planning"))
                        .toList());
    }

    private HttpResponse<String> upload(int size) throws IOException, InterruptedException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.uri() + "/api/blobs"))
                                .header("Content-Type", "application/octet-stream")
                                .timeout(Patience.SOON)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private String lists() {
        return http.get("/api/vp/stages").text()
                + http.get("/api/pipelines").text()
                + http.get("/api/tasks").text();
    }

    /** All files that a write may leave something in, the database's own aside: path to content. */
    private static Map<String, String> files(Path disk) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Path root : List.of(disk.resolve("config"), disk.resolve("data/blobs"))) {
            try (Stream<Path> all = Files.walk(root)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files.put(disk.relativize(file).toString(), new String(Files.readAllBytes(file), "ISO-8859-1"));
                }
            }
        }
        return files;
    }
}
