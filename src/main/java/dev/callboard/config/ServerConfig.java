package dev.callboard.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The server's configuration, complete and checked.
 *
 * @param host where it listens; a loopback address. Default {@code 127.0.0.1}
 * @param port where it listens, 0 takes a free one. Default 8080
 * @param publicUrl how it is known outside. Default null: as {@code http://} its host and port alone, and no proxy is in front
 * @param data the folder of the database and the blobs. Default {@code data}
 * @param database where the database is. Default null: in the data folder
 * @param folder the folder of {@code callboard.yaml}, the stages file and the pipelines. Default {@code config}
 * @param plugins the folder of plugin jars. Default {@code plugins}
 * @param pluginsEnabled false runs the built-in stages only. Default true
 * @param pluginRules which plugins are loaded, and with which settings
 * @param fork how plugins run that ask for processes of their own
 * @param webroot a folder that is served instead of the pages in the jar; null serves {@code webroot} if it is there, else
 *     the jar's
 * @param limits what the server takes at most
 * @param feed how the feed behaves
 * @param log how the log is written
 * @param network what it may connect to
 * @param secrets where the secrets of stages are
 * @param sources what sources of pipelines may do
 * @param sinks what sinks of pipelines may do
 * @param workers how programs take the work of {@code worker} stages
 * @param models the language models of {@code prompt} stages. Default null: there is none
 * @param command how {@code command} stages run. Default null: they don't
 * @param expressions what expressions may need
 */
public record ServerConfig(
        String host,
        int port,
        @Nullable PublicUrl publicUrl,
        Path data,
        @Nullable DatabaseConfig database,
        Path folder,
        Path plugins,
        boolean pluginsEnabled,
        PluginsConfig pluginRules,
        ForkConfig fork,
        @Nullable Path webroot,
        Limits limits,
        Feed feed,
        Log log,
        NetworkConfig network,
        SecretsConfig secrets,
        SourcesConfig sources,
        SinksConfig sinks,
        WorkersConfig workers,
        @Nullable ModelsConfig models,
        @Nullable CommandConfig command,
        ExpressionsConfig expressions) {

    /** Checks that all are there. */
    public ServerConfig {
        Objects.requireNonNull(host, "host is null");
        Objects.requireNonNull(data, "data is null");
    }

    /**
     * What the server takes at most.
     *
     * @param customStages custom stages in the palette. Default 20,000
     * @param bodyBytes a request's body, blobs apart. Default 1 MiB
     * @param blobBytes an uploaded file. Default 1 GiB
     * @param outputCharacters one output of a stage, as JSON, about. Default a 32nd of the heap in bytes, 64 million at most
     * @param reserveBytes what is kept free on the disks of the data and config folders; below it changes are refused. Default
     *     16 MiB
     * @param webSockets open feed connections. Default 20,000
     * @param pluginLoad the time in which a plugin's code must register its stages. Default 10 s
     */
    public record Limits(
            int customStages,
            int bodyBytes,
            long blobBytes,
            long outputCharacters,
            long reserveBytes,
            int webSockets,
            Duration pluginLoad) {
        /** What is read of every output again, so that no heap makes it larger. */
        static final long MAX_OUTPUT = 64_000_000;

        private static final long MIN_OUTPUT = 1_000_000;

        /** Of a heap: so small a part that each of the stages that run at once may have one in its hands, and one to come. */
        private static final long HEAP_PARTS = 32;

        static long outputCharacters(long heapBytes) {
            return Math.max(MIN_OUTPUT, Math.min(MAX_OUTPUT, heapBytes / HEAP_PARTS));
        }
    }

    /**
     * How the feed behaves.
     *
     * @param heartbeat how often each connection is pinged; one that misses two is dropped. Default 15 s
     * @param eventBus whether changes are published to clients of Vert.x too, at {@code /eventbus}. Default false
     */
    public record Feed(Duration heartbeat, boolean eventBus) {}

    /**
     * How the log is written.
     *
     * @param json one JSON object a line instead of text. Default false
     * @param level the least level that is written, as Logback spells it. Default {@code INFO}
     */
    public record Log(boolean json, String level) {}

    /** The same with another data folder, which has the database too. */
    public ServerConfig withData(Path folderOfData) {
        return new ServerConfig(
                host,
                port,
                publicUrl,
                folderOfData,
                null,
                folder,
                plugins,
                pluginsEnabled,
                pluginRules,
                fork,
                webroot,
                limits,
                feed,
                log,
                network,
                secrets,
                sources,
                sinks,
                workers,
                models,
                command,
                expressions);
    }

    /** The path under which the server is known outside; empty for the root. */
    public String prefix() {
        return publicUrl == null ? "" : publicUrl.prefix();
    }

    /** The file of custom stages. */
    public Path stagesFile() {
        return folder.resolve("custom_pipeline_stages.json");
    }

    /** The folder of pipeline definitions. */
    public Path pipelines() {
        return folder.resolve("pipelines");
    }
}
