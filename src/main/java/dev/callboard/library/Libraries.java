package dev.callboard.library;

import dev.callboard.bus.Bus;
import dev.callboard.palette.StageLibraries;
import dev.callboard.spi.Library;
import dev.callboard.store.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The libraries of all projects, and the folders of plugins below one of the data folder. */
public final class Libraries implements StageLibraries {
    /** The folder of tasks without a project. */
    private static final String SHARED = "shared";

    private final NodeCounts counts = new NodeCounts();
    private final DocumentRepository documents;
    private final GraphRepository graph;
    private final Path folders;
    private final Clock clock;

    /**
     * Names the parts.
     *
     * @param folders where plugins have their folders; need not exist
     */
    public Libraries(Bus bus, Database database, Path folders, Clock clock) {
        this.graph = new GraphRepository(database, counts);
        this.documents = new DocumentRepository(bus, database, graph);
        this.folders = folders;
        this.clock = clock;
    }

    DocumentRepository documents() {
        return documents;
    }

    NodeCounts counts() {
        return counts;
    }

    @Override
    public Library library(String project, String taskId, Consumer<String> log) {
        return new ProjectLibrary(documents, graph, project, taskId, log, clock);
    }

    @Override
    public Optional<Path> folder(@Nullable String plugin, String project) {
        return Optional.ofNullable(plugin)
                .map(name -> folders.resolve(fileName(name)).resolve(project.isEmpty() ? SHARED : fileName(project)));
    }

    /** Names of plugins may have what no file name may; two that differ have different folders. */
    private static String fileName(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
        return plain.equals(name)
                ? plain
                : plain + "-"
                        + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                                .toString()
                                .substring(0, 8);
    }
}
