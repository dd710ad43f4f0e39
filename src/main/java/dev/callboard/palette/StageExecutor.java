package dev.callboard.palette;

import dev.callboard.pipelines.StagePrompt;
import dev.callboard.problem.Violation;
import dev.callboard.spi.Stage;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the stages of one executor type, and says all that others need to know of it: what its stages have to say, which of
 * them run here, and why others do not. The palette, the checks of definitions, {@code GET /api/vp/executors} and the forms
 * of the page come from it. Safe to call from any thread.
 */
public interface StageExecutor {
    /** Which one it is. */
    ExecutorType type();

    /** What may stand in {@code executor_config} of its stages; empty when anything may. */
    List<Setting> configSchema();

    /**
     * Why this server runs none of its stages, and how to switch it on, in sentences; nothing when it runs them.
     *
     * <p>Default: it runs them.
     */
    default Optional<String> off() {
        return Optional.empty();
    }

    /**
     * Why the stages of a definition could not run here now, such as a program that is not there, with what to do about it;
     * nothing when they could. May ask the file system, so it blocks.
     *
     * <p>Default: {@link #off()}.
     */
    default Optional<String> unavailable(StageDefinition definition) {
        return off();
    }

    /**
     * What an author should know of its stages on this server, in sentences.
     *
     * <p>Default: nothing.
     */
    default Optional<String> note() {
        return Optional.empty();
    }

    /**
     * Whether people may define stages of it.
     *
     * <p>Default: yes.
     */
    default boolean isForCustomStages() {
        return true;
    }

    /**
     * What is wrong with a definition beyond {@link #configSchema()}. It is new definitions that are asked; what was accepted
     * before is run as well as it goes.
     *
     * <p>Default: nothing.
     *
     * @return with pointers into the definition
     */
    default List<Violation> check(StageDefinition definition) {
        return List.of();
    }

    /**
     * Whether a person does its stages.
     *
     * <p>Default: no, {@link #stage} does.
     */
    default boolean asksPerson() {
        return false;
    }

    /**
     * Why none of its stages can be tried on their own, in sentences; nothing when they can.
     *
     * <p>Default: {@link #off()}, or that a person does them.
     */
    default Optional<String> noTry() {
        return off().or(() -> asksPerson()
                ? Optional.of("A person does this stage: start a task to see what they are asked.")
                : Optional.empty());
    }

    /**
     * Whether its stages get the values of secret settings. Where they do not, a definition with such a setting would promise what
     * never arrives.
     *
     * <p>Default: they do.
     */
    default boolean getsSecrets() {
        return true;
    }

    /**
     * What of the server's own the stages of a definition are run with and nobody may see, such as the key of a model: it is taken
     * out of their outputs, logs and errors, as the values of secret settings are.
     *
     * <p>Default: nothing.
     */
    default List<String> secrets(StageDefinition definition) {
        return List.of();
    }

    /** What a person is asked who does a stage, as a template ({@link PromptRules}); where the stage template has none. */
    default String question(StageDefinition definition) {
        return PromptRules.USUAL;
    }

    /**
     * Whether the stages of a definition run only where their stage template has a prompt ({@link StagePrompt#template}).
     *
     * <p>Default: they do not need one.
     */
    default boolean needsPrompt(StageDefinition definition) {
        return false;
    }

    /**
     * Whether programs elsewhere do its stages, which ask the server for work.
     *
     * <p>Default: no. If so, {@link #stage} is given what the program put out as its input, and gives the output.
     */
    default boolean asksWorker() {
        return false;
    }

    /**
     * What a task says whose stage no program has taken yet.
     *
     * @param secrets whether the stage gets secrets
     */
    default String workerWait(StageDefinition definition, boolean secrets) {
        return "a worker";
    }

    /**
     * A stage for one execution; it runs like any other. Asked neither of one that is {@link #off} nor where a person does the
     * stages or their code comes with the palette.
     */
    default Stage stage(Request request) {
        throw new UnsupportedOperationException(type().word());
    }

    /**
     * What the stage is to do.
     *
     * @param definition the palette entry, with the executor's config
     * @param promptTemplate a logic-less template, null when the stage template has none
     * @param outputFormat such as {@code research} or {@code text}, null for any
     * @param outputSchema a JSON Schema that the output must pass, null for any
     * @param values what the names in templates stand for
     * @param taskInputs of a first stage what the task was given, {@code {blob, size, media_type, name}} and {@code {url,
     *     name}}; none for another one
     * @param around what else there is to see
     */
    record Request(
            StageDefinition definition,
            @Nullable String promptTemplate,
            @Nullable String outputFormat,
            @Nullable Map<String, @Nullable Object> outputSchema,
            TemplateValues values,
            List<Map<String, Object>> taskInputs,
            Around around) {
        /** Copies. */
        public Request {
            taskInputs = List.copyOf(taskInputs);
            outputSchema = outputSchema == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(outputSchema));
        }

        /** With nothing around. */
        public Request(
                StageDefinition definition,
                @Nullable String promptTemplate,
                @Nullable String outputFormat,
                @Nullable Map<String, @Nullable Object> outputSchema,
                TemplateValues values,
                List<Map<String, Object>> taskInputs) {
            this(definition, promptTemplate, outputFormat, outputSchema, values, taskInputs, Around.NOTHING);
        }
    }

    /**
     * The task that a stage runs for, and what was done in it.
     *
     * @param task {@code {id, title, description, project}}
     * @param stages loads the outputs of the finished stages before it, by their names
     */
    record Around(Map<String, Object> task, Outputs stages) {
        /** Neither. */
        public static final Around NOTHING = new Around(Map.of(), Map::of);

        /** Copies. */
        public Around {
            task = Map.copyOf(task);
        }
    }

    /** Loads outputs; blocks. */
    interface Outputs {
        /** By stage name. */
        Map<String, @Nullable Object> load() throws IOException;
    }
}
