package dev.callboard.tasks;

import dev.callboard.bus.Address;
import dev.callboard.bus.Topic;
import dev.callboard.model.ResolvedStage;
import dev.callboard.model.Violation;
import dev.callboard.tasks.TaskMessages.ServedPipeline;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of pipelines' definitions: to read, to write and to look back. */
public final class PipelineMessages {
    /** Reads a pipeline with its text, as it is now or was at a revision. */
    public static final Address<ReadPipeline, PipelineRead> READ =
            new Address<>("pipeline.read", ReadPipeline.class, PipelineRead.class);

    /** Writes a pipeline's file. */
    public static final Address<PutPipeline, PipelineWritten> PUT =
            new Address<>("pipeline.put", PutPipeline.class, PipelineWritten.class);

    /** Removes a pipeline's file. */
    public static final Address<RemovePipeline, PipelineWritten> REMOVE =
            new Address<>("pipeline.remove", RemovePipeline.class, PipelineWritten.class);

    /** Lists what a pipeline was. */
    public static final Address<ListVersions, VersionsReply> VERSIONS =
            new Address<>("pipeline.version.list", ListVersions.class, VersionsReply.class);

    /** Pipelines are new, gone or other than before: by their files, or by what the palette and the plugins say of them. */
    public static final Topic<PipelinesChanged> CHANGED = new Topic<>("pipeline.changed", PipelinesChanged.class);

    private PipelineMessages() {}

    /**
     * Pipelines as they are now.
     *
     * @param changed new ones and others than before
     * @param removed the names of those that are gone
     */
    public record PipelinesChanged(List<ServedPipeline> changed, List<String> removed) {
        /** Copies. */
        public PipelinesChanged {
            changed = List.copyOf(changed);
            removed = List.copyOf(removed);
        }
    }

    /**
     * Asks for a pipeline.
     *
     * @param revision null for what is served now
     * @param resolved whether to say where each value is from
     */
    public record ReadPipeline(String name, @Nullable Long revision, boolean resolved) {}

    /**
     * A pipeline with all that is known of it.
     *
     * @param text as stored
     * @param definition the text's values, JSON-shaped; null when the text cannot be read
     * @param resolved for each stage, null when it was not asked for
     */
    public record PipelineRead(
            ServedPipeline pipeline, String text, @Nullable Object definition, @Nullable List<ResolvedStage> resolved) {
        /** Copies. */
        public PipelineRead {
            resolved = resolved == null ? null : List.copyOf(resolved);
        }
    }

    /**
     * Writes a pipeline.
     *
     * @param name which; the definition must have the same
     * @param definition the YAML text, or JSON-shaped values
     * @param mediaType what it came as
     * @param ifRevision the revision that the asker saw, null for any
     */
    public record PutPipeline(String name, @Nullable Object definition, String mediaType, @Nullable Long ifRevision) {}

    /**
     * Removes a pipeline.
     *
     * @param ifRevision the revision that the asker saw, null for any
     */
    public record RemovePipeline(String name, @Nullable Long ifRevision) {}

    /**
     * It is stored.
     *
     * @param revision the pipeline's, of the new state or of its removal
     * @param created whether there was none of that name
     * @param warnings what should be said in another way, and why it cannot run at the moment
     * @param fires whether it has, or had before, sources that start tasks by themselves
     */
    public record PipelineWritten(
            String name, long revision, boolean created, List<Violation> warnings, boolean fires) {
        /** Copies. */
        public PipelineWritten {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Asks for the revisions of a pipeline, newest first.
     *
     * @param before only older ones than this revision, null for all
     * @param limit at most that many
     */
    public record ListVersions(String name, @Nullable Long before, int limit) {}

    /**
     * Revisions, newest first.
     *
     * @param next the revision to go on before, null at the end
     */
    public record VersionsReply(List<VersionView> versions, @Nullable Long next) {
        /** Copies. */
        public VersionsReply {
            versions = List.copyOf(versions);
        }
    }

    /**
     * What a pipeline was at a revision.
     *
     * @param version the author's word
     * @param hash SHA-256 of the text
     * @param mediaType what it came as
     * @param deleted whether the pipeline was removed with this revision; its text is empty then
     * @param source {@code api}, or {@code file} when the file was edited by hand
     * @param changedBy who, null for edits by hand
     */
    public record VersionView(
            String name,
            long revision,
            String version,
            String hash,
            String mediaType,
            boolean deleted,
            String source,
            @Nullable String changedBy,
            Instant changedAt) {}
}
