package dev.callboard.dispatch;

import dev.callboard.engine.StageJob;
import dev.callboard.json.Json;
import dev.callboard.json.JsonShape;
import dev.callboard.json.JsonShape.WrongShapeException;
import dev.callboard.palette.StageLibraries;
import dev.callboard.spi.Library;
import dev.callboard.store.Blocking;
import dev.callboard.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What attempts keep beyond themselves: checkpoints, and what the libraries have. Calls of an attempt block.
 *
 * @param checkpoints null where none are kept, as in a trial
 */
record StageKeeping(StageLibraries libraries, @Nullable CheckpointRepository checkpoints, Clock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(StageKeeping.class);

    /** Characters of a checkpoint's JSON text. */
    private static final int MAX_CHECKPOINT = 64 << 10;

    static StageKeeping of(StageLibraries libraries, Database database, Clock clock) {
        return new StageKeeping(libraries, new CheckpointRepository(database), clock);
    }

    /** Keeps nothing. */
    static StageKeeping none(Clock clock) {
        return new StageKeeping(StageLibraries.NONE, null, clock);
    }

    /** @param plugin whose code the stage is, null when it is no plugin's */
    OfAttempt of(StageJob job, @Nullable String plugin) {
        return new OfAttempt(job, plugin);
    }

    /** What one attempt keeps. */
    final class OfAttempt {
        private final StageJob job;
        private final @Nullable String plugin;
        private volatile boolean used;

        private OfAttempt(StageJob job, @Nullable String plugin) {
            this.job = job;
            this.plugin = plugin;
        }

        /** @param log takes a line where something is not kept */
        Library library(Consumer<String> log) {
            return libraries.library(job.projectId(), job.attempt().taskId(), log);
        }

        Optional<Path> folder() {
            return libraries.folder(plugin, job.projectId());
        }

        Map<String, @Nullable Object> checkpoint() throws IOException {
            if (checkpoints == null) {
                return Map.of();
            }
            used = true;
            return Blocking.await(
                    checkpoints.load(job.attempt().taskId(), job.attempt().templateId()));
        }

        void keepCheckpoint(Map<String, Object> checkpoint) throws IOException {
            String text;
            try {
                text = Json.write(JsonShape.copy(checkpoint, MAX_CHECKPOINT));
            } catch (WrongShapeException e) {
                throw new IllegalArgumentException("the checkpoint: " + e.getMessage(), e);
            }
            if (text.length() > MAX_CHECKPOINT) {
                throw new IllegalArgumentException("the checkpoint has " + text.length()
                        + " characters of JSON, and at most " + MAX_CHECKPOINT + " are kept: put the rest into a blob");
            }
            if (checkpoints != null) {
                used = true;
                Blocking.await(
                        checkpoints.keep(job.attempt().taskId(), job.attempt().templateId(), text, clock.instant()));
            }
        }

        /** The stage has completed: nobody goes on from its checkpoint. What is left after a crash serves no one and harms no one. */
        void completed() {
            if (used && checkpoints != null) {
                checkpoints
                        .remove(job.attempt().taskId(), job.attempt().templateId())
                        .onFailure(failure -> LOG.warn(
                                "The checkpoint of a completed stage of task {} is still there",
                                job.attempt().taskId(),
                                failure));
            }
        }
    }
}
