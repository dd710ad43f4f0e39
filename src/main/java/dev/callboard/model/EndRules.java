package dev.callboard.model;

import java.util.List;

/** What the configuration of this server says of a pipeline's sources and sinks. Safe to call from any thread; may block. */
@FunctionalInterface
public interface EndRules {
    /** Allows everything. */
    EndRules NONE = pipeline -> new Found(List.of(), List.of());

    /**
     * What was found.
     *
     * @param errors why the pipeline cannot be used
     * @param warnings sources that do not fire here and sinks that deliver nothing, each with how to change that
     */
    record Found(List<Violation> errors, List<Violation> warnings) {
        /** Copies. */
        public Found {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }

    /** Looks at a pipeline. */
    Found check(Pipeline pipeline);
}
