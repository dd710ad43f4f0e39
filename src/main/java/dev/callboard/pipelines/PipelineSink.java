package dev.callboard.pipelines;

import dev.callboard.problem.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** As it stands in a pipeline. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("type", type());
        members.put("after", after);
        members.put("config", config.members());
        return members;
    }

    /** Reads what {@link #members} gave; what was accepted once is not checked again. */
    public static PipelineSink stored(Map<?, ?> members) {
        return SinkReader.read(new Fields(members, "", new ArrayList<>()));
    }
}
