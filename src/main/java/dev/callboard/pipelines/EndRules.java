package dev.callboard.pipelines;

import dev.callboard.problem.Violation;
import java.util.List;
import java.util.stream.Stream;

/** What the configuration of this server says of a pipeline's sources and sinks. Safe to call from any thread; may block. */
@FunctionalInterface
public interface EndRules {
    /** Allows everything. */
    EndRules NONE = pipeline -> new Found(List.of(), List.of(), List.of());

    /**
     * What was found.
     *
     * @param errors why the pipeline cannot be used
     * @param refusals what can never work: no reason against a file that is there already, which is warned of it, but what is
     *     stored from now on must not have it
     * @param warnings sources that do not fire here and sinks that deliver nothing, each with how to change that
     */
    record Found(List<Violation> errors, List<Violation> refusals, List<Violation> warnings) {
        /** Copies. */
        public Found {
            errors = List.copyOf(errors);
            refusals = List.copyOf(refusals);
            warnings = List.copyOf(warnings);
        }
    }

    /** Looks at a pipeline. */
    Found check(Pipeline pipeline);

    /** These rules and others. */
    default EndRules and(EndRules others) {
        return pipeline -> {
            Found one = check(pipeline);
            Found other = others.check(pipeline);
            return new Found(
                    all(one.errors(), other.errors()),
                    all(one.refusals(), other.refusals()),
                    all(one.warnings(), other.warnings()));
        };
    }

    private static List<Violation> all(List<Violation> first, List<Violation> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
