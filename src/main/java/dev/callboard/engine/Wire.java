package dev.callboard.engine;

import dev.callboard.engine.ExecutionMessages.OutputReply;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What feeds one input port of an attempt. */
public sealed interface Wire {
    /** The input port. */
    String port();

    /**
     * A stage that was selected.
     *
     * @param templateId its id
     * @param name its name
     * @param member the member of its output that is meant, null for all of it
     * @param output its output, null before it was looked up
     */
    record FromStage(String port, String templateId, String name, @Nullable String member, @Nullable OutputReply output)
            implements Wire {
        FromStage with(Map<String, OutputReply> outputs) {
            return new FromStage(port, templateId, name, member, outputs.get(name));
        }
    }

    /** The task's input. */
    record FromSource(String port) implements Wire {}

    /**
     * Nothing.
     *
     * @param reason why, half a sentence
     */
    record Lacking(String port, String reason) implements Wire {}
}
