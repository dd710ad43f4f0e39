package dev.callboard.pipelines;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a stage that a model, a program or a person does is asked, and what is expected of it.
 *
 * @param template a logic-less template, null for the usual one
 * @param inputSource {@link #USER}, {@link #PREVIOUS} or {@link #BOTH}
 * @param outputFormat such as {@code research} or {@code text}, null for any
 * @param outputSchema a JSON Schema that the output must pass, null for any
 */
public record StagePrompt(
        @Nullable String template,
        String inputSource,
        @Nullable String outputFormat,
        @Nullable Map<String, @Nullable Object> outputSchema) {

    /** It sees the task's own text, and what the person who started the task added. */
    public static final String USER = "user";

    /** It sees the task's own text and what the nearest selected stage before it put out. */
    public static final String PREVIOUS = "previous_stage";

    /** It sees all of that. */
    public static final String BOTH = "both";

    /** All input sources. */
    public static final Set<String> SOURCES = Set.of(USER, PREVIOUS, BOTH);

    /** Nothing said: the stage before it is the input. */
    public static final StagePrompt NONE = new StagePrompt(null, PREVIOUS, null, null);

    /** The output format of a stage that may suggest stages. */
    public static final String RESEARCH = "research";

    /** Copies. */
    public StagePrompt {
        outputSchema = outputSchema == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(outputSchema));
    }

    /** Whether its output may have {@code suggested_stages}. */
    public boolean suggests() {
        return RESEARCH.equals(outputFormat);
    }
}
