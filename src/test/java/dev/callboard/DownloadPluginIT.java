package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged download plugin in the packaged server. */
class DownloadPluginIT {
    private static final Path JAR = Path.of("plugins", "callboard-download-0.1.0.jar");

    @TempDir
    Path folder;

    @Test
    void theStageIsThereAndReachesNothingOnThisMachineUnlessItIsAllowed() throws Exception {
        Files.createDirectories(folder.resolve("plugins"));
        Files.copy(JAR, folder.resolve("plugins").resolve(JAR.getFileName()));
        try (ServerSocket inside = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                JarProcess server = JarProcess.serve(folder)) {
            Http http = server.http();
            JsonNode plugin = await().until(
                            () -> http.get("/api/plugins").at("/items/0"),
                            each -> !each.path("state").asText("loading").equals("loading"));
            assertThat(plugin.toString()).contains("\"callboard-download\"", "\"loaded\"");
            assertThat(http.get("/api/vp/stages/download").at("/available").asBoolean())
                    .isTrue();
            Files.writeString(
                    folder.resolve("config/pipelines/fetch.yaml"),
                    """
                    name: fetch
                    stages:
                      - {name: fetch, type: download, config: {urls: ["http://localhost:%d/", "http://2130706433/"]}}
                    """
                            .formatted(inside.getLocalPort()));
            Map<String, Object> task = Map.of("title", "Fetch", "pipeline", "fetch", "auto_start", true);
            await().until(() -> http.post("/api/tasks", task).status() == 201);
            String id = http.post("/api/tasks", task).at("/id").asText();
            await().until(() -> http.get("/api/tasks/" + id).at("/status").asText(), "failed"::equals);
            String execution =
                    http.get("/api/tasks/" + id + "/executions").at("/items/0").toString();
            assertThat(execution)
                    .contains("download_failed", "2 of 2 files could not be fetched", "private or reserved network");
            inside.setSoTimeout(1);
            assertThatThrownBy(inside::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
