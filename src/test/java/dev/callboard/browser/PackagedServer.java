package dev.callboard.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.JarCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The packaged jar as a process, in a folder of its own, so that it serves the pages of the jar. */
final class PackagedServer implements AutoCloseable {
    private static final Path PLUGINS = Path.of("plugins").toAbsolutePath();
    private static final Pattern READY = Pattern.compile("Callboard is listening on (http://[^\\s]+:(\\d+))");

    private final Path folder;
    private final Path plugins;
    private int port;
    private String url = "";
    private @Nullable Process process;

    private PackagedServer(Path folder, Path plugins) {
        this.folder = folder;
        this.plugins = plugins;
    }

    static PackagedServer start(Path folder) {
        return start(folder, PLUGINS);
    }

    /** With plugin jars of its own. */
    static PackagedServer start(Path folder, Path plugins) {
        PackagedServer server = new PackagedServer(folder, plugins);
        server.start();
        return server;
    }

    /** Starts it; again on the same port, if it ran before. */
    void start() {
        Path out = folder.resolve("out.log");
        List<String> command = JarCommand.of();
        command.addAll(List.of("--port", Integer.toString(port), "--plugins", plugins.toString()));
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(out);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(folder.resolve("err.log").toFile());
            // The plugins that travel in the jar are another test's; these are those of the folder.
            builder.environment().put("CALLBOARD_PLUGINS_BUNDLED", "false");
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Matcher ready = await().pollInterval(Duration.ofMillis(50))
                .until(() -> READY.matcher(Files.readString(out)), Matcher::find);
        url = ready.group(1);
        port = Integer.parseInt(ready.group(2));
    }

    String url() {
        return url;
    }

    /** The answer to a request by an actor named editor-1, which must be taken. */
    String send(String method, String path, String mediaType, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", mediaType)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("X-Callboard-Actor", "editor-1")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The text at an address. */
    String get(String path) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Path stagesFile() {
        return folder.resolve("config").resolve("custom_pipeline_stages.json");
    }

    /** Ends it without warning. */
    void kill() {
        end(true);
    }

    private void end(boolean forcibly) {
        Process running = process;
        process = null;
        if (running == null) {
            return;
        }
        if (forcibly) {
            running.destroyForcibly();
        } else {
            running.destroy();
        }
        try {
            assertThat(running.waitFor(20, TimeUnit.SECONDS))
                    .as("it ends in time")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end(false);
    }
}
