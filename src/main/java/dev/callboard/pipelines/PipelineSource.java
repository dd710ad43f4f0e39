package dev.callboard.pipelines;

/**
 * What can start a pipeline.
 *
 * @param name unique among the sources, stages and sinks of its pipeline
 * @param config of its type
 */
public record PipelineSource(String name, SourceConfig config) {
    /** The word of its type, such as {@code schedule}. */
    public String type() {
        return config.type();
    }
}
