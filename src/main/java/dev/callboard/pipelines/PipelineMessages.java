package dev.callboard.pipelines;

import dev.callboard.bus.Address;
import dev.callboard.bus.Topic;
import dev.callboard.problem.Violation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What pipelines answer and publish: which there are, their definitions, and what they were. */
public final class PipelineMessages {
    /** Lists the pipelines. */
    public static final Address<ListPipelines, PipelinesReply> LIST =
            new Address<>("pipeline.list", ListPipelines.class, PipelinesReply.class);

    /** Reads one pipeline. */
    public static final Address<GetPipeline, PipelineReply> GET =
            new Address<>("pipeline.get", GetPipeline.class, PipelineReply.class);

    /** Checks a pipeline that is not served. */
    public static final Address<CheckPipeline, PipelineChecked> CHECK =
            new Address<>("pipeline.check", CheckPipeline.class, PipelineChecked.class);

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

    /** Other plugins are known than before to those who are asked whether a pipeline's are there. */
    public static final Topic<PluginsKnown> PLUGINS_KNOWN = new Topic<>("pipeline.plugins.known", PluginsKnown.class);

    private PipelineMessages() {}

    /** The list of known plugins changed. */
    public record PluginsKnown() {}

    /** Asks for the pipelines. */
    public record ListPipelines() {}

    /** All pipelines, by name. */
    public record PipelinesReply(List<ServedPipeline> pipelines) {
        /** Copies. */
        public PipelinesReply {
            pipelines = List.copyOf(pipelines);
        }
    }

    /** Asks for one pipeline. */
    public record GetPipeline(String name) {}

    /** One pipeline. */
    public record PipelineReply(ServedPipeline pipeline) {}

    /**
     * A pipeline as it is served.
     *
     * @param name its name, or its file's while the file never was good
     * @param pipeline the last good state of its file, null when there was none
     * @param errors what is wrong with the file, and which stage types and settings the palette does not know
     * @param unavailable stages that cannot run at the moment and plugins that are not loaded, each with the reason
     * @param warnings what the file should say in another way, such as deprecated keys
     * @param revision of the last good state, 0 when there was none
     * @param lastGoodUsed whether the file has errors and its last good state, which has none, is used in its place
     */
    public record ServedPipeline(
            String name,
            @Nullable Pipeline pipeline,
            List<Violation> errors,
            List<Violation> unavailable,
            List<Violation> warnings,
            long revision,
            boolean lastGoodUsed) {
        /** Copies. */
        public ServedPipeline {
            errors = List.copyOf(errors);
            unavailable = List.copyOf(unavailable);
            warnings = List.copyOf(warnings);
        }

        /** Whether a task can go through all of it now. */
        public boolean available() {
            return pipeline != null && (errors.isEmpty() || lastGoodUsed) && unavailable.isEmpty();
        }
    }

    /** Asks what is wrong with a pipeline in YAML or JSON. */
    public record CheckPipeline(String text) {}

    /**
     * What is wrong with a pipeline.
     *
     * @param name the pipeline's name, null when it cannot be read
     * @param errors why it would not be served
     * @param warnings why it would be served but not run at the moment, and what it should say in another way
     */
    public record PipelineChecked(@Nullable String name, List<Fault> errors, List<Fault> warnings) {
        /** Copies. */
        public PipelineChecked {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }

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
