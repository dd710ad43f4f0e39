package dev.callboard.model;

import dev.callboard.spi.Stage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes stages of one executor type that need no code of their own: a call to a language model, a child process. Safe to
 * call from any thread; the stage it makes runs like any other.
 */
public interface StageExecutor {
    /** A stage for one execution. */
    Stage stage(Request request);

    /**
     * Why the stages of a definition could not run now, such as a program that is not there, with what to do about it; nothing
     * when they could. May ask the file system, so it blocks.
     */
    default Optional<String> unavailable(StageDefinition definition) {
        return Optional.empty();
    }

    /**
     * What the stage is to do.
     *
     * @param definition the palette entry, with the executor's config
     * @param promptTemplate a logic-less template, null when the stage template has none
     * @param outputFormat such as {@code research} or {@code text}, null for any
     * @param outputSchema a JSON Schema that the output must pass, null for any
     * @param values what the template's variables stand for; absent ones are not there
     */
    record Request(
            StageDefinition definition,
            @Nullable String promptTemplate,
            @Nullable String outputFormat,
            @Nullable Map<String, @Nullable Object> outputSchema,
            Map<String, String> values) {
        /** Copies. */
        public Request {
            outputSchema = outputSchema == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(outputSchema));
            values = Map.copyOf(values);
        }
    }
}
