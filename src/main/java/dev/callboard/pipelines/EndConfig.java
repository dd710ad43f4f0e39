package dev.callboard.pipelines;

import java.util.Map;

/** What a source or a sink of a pipeline is. */
public interface EndConfig {
    /** The word of the type in pipelines. */
    String type();

    /** Its members as they stand in a pipeline, those with defaults included; none unless it says otherwise. */
    default Map<String, Object> members() {
        return Map.of();
    }
}
