package dev.callboard.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.Callboard;
import dev.callboard.config.ConfigException;
import dev.callboard.config.ConfigLoader;
import dev.callboard.config.ServerConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The real server on a free port, with its folders below one temporary folder; it may be stopped and started again on the
 * same folders.
 */
public final class TestServer implements AutoCloseable {
    private final Path folder;
    private final Map<String, String> options = new HashMap<>();
    private @Nullable Callboard callboard;
    private @Nullable FeedClients feeds;

    private TestServer(Path folder, Map<String, String> more) {
        this.folder = folder;
        options.put("port", "0");
        options.put("data", folder.resolve("data").toString());
        options.put("config", folder.resolve("config").toString());
        options.put("plugins", folder.resolve("plugins").toString());
        options.putAll(more);
    }

    /** Starts a server in a folder. */
    public static TestServer start(Path folder) {
        return start(folder, Map.of());
    }

    /**
     * Starts a server with options of its own.
     *
     * @param options by the names of the settings, such as {@code feed.heartbeat_ms}
     */
    public static TestServer start(Path folder, Map<String, String> options) {
        TestServer server = new TestServer(folder, options);
        server.start();
        return server;
    }

    /** A server that is not started yet. */
    public static TestServer stopped(Path folder) {
        return new TestServer(folder, Map.of());
    }

    /** Starts it again. */
    public void start() {
        try {
            callboard = Callboard.start(config(), true);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the server did not start", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Its configuration. */
    public ServerConfig config() {
        try {
            return ConfigLoader.load(options);
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops it, if it runs. */
    public void stop() {
        Callboard running = callboard;
        callboard = null;
        if (running == null) {
            return;
        }
        try {
            running.stop();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the server did not stop", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stops it and starts it on the same folders. */
    public void restart() {
        stop();
        start();
    }

    /** The running server itself. */
    public Callboard callboard() {
        if (callboard == null) {
            throw new IllegalStateException("the server is stopped");
        }
        return callboard;
    }

    /** Where it listens. */
    public URI uri() {
        return URI.create(callboard().url());
    }

    /** The file of custom stages. */
    public Path stagesFile() {
        return folder.resolve("config").resolve("custom_pipeline_stages.json");
    }

    /** The folder of plugin jars. */
    public Path plugins() {
        return folder.resolve("plugins");
    }

    /** A client of its calls. */
    public Http http() {
        return new Http(uri());
    }

    /** Connects to its feed. */
    public FeedClient feed() {
        if (feeds == null) {
            feeds = new FeedClients();
        }
        return feeds.connect(uri());
    }

    /** The palette, as {@code GET /api/vp/stages} answers. */
    public JsonNode palette() {
        return http().get("/api/vp/stages").json();
    }

    /** The palette's revision. */
    public long revision() {
        return http().get("/api/vp").at("/revision").asLong();
    }

    /** Adds a custom stage that a person does. */
    public Reply add(String id) {
        return http().post("/api/vp/stages", Stages.manual(id));
    }

    @Override
    public void close() {
        if (feeds != null) {
            feeds.close();
        }
        stop();
    }
}
