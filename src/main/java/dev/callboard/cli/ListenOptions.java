package dev.callboard.cli;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the server listens and what it shows. */
final class ListenOptions {
    @Option(names = "--host", paramLabel = "ADDRESS", description = "A loopback address. Default: 127.0.0.1")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "0 takes a free one. Default: 8080")
    private @Nullable String port;

    @Option(
            names = "--webroot",
            paramLabel = "DIR",
            description = "Pages to serve. Default: webroot if it is there, else the jar's")
    private @Nullable String webroot;

    /** The options that were given. */
    Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        FolderOptions.put(values, "host", host);
        FolderOptions.put(values, "port", port);
        FolderOptions.put(values, "webroot", webroot);
        return values;
    }
}
