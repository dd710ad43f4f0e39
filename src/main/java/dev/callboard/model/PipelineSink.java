package dev.callboard.model;

import java.util.List;

/**
 * Where results of a pipeline go.
 *
 * @param name unique among the sources, stages and sinks of its pipeline
 * @param after the stages whose outputs it gets, empty for what the task puts out at its end
 * @param config of its type
 */
public record PipelineSink(String name, List<String> after, SinkConfig config) {
    /** Copies. */
    public PipelineSink {
        after = List.copyOf(after);
    }

    /** The word of its type, such as {@code webhook}. */
    public String type() {
        return config.type();
    }
}
