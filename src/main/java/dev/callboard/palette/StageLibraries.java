package dev.callboard.palette;

import dev.callboard.spi.Library;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What stages keep beyond their tasks. A project is an id, empty for tasks without one. Safe to call from any thread. */
public interface StageLibraries {
    /** Keeps nothing. */
    StageLibraries NONE = new StageLibraries() {
        @Override
        public Library library(String project, String taskId, Consumer<String> log) {
            return Library.NONE;
        }

        @Override
        public Optional<Path> folder(@Nullable String plugin, String project) {
            return Optional.empty();
        }
    };

    /**
     * The documents of a project, as stages of a task see them; its calls block.
     *
     * @param taskId is noted with what is written
     * @param log takes a line where something that a stage writes is not kept
     */
    Library library(String project, String taskId, Consumer<String> log);

    /** The folder of a plugin for a project; empty for a stage of no plugin. It need not exist. */
    Optional<Path> folder(@Nullable String plugin, String project);
}
