package dev.callboard.executors;

import dev.callboard.config.ModelApi;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.PromptRules;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageExecutor;
import dev.callboard.problem.Violation;
import dev.callboard.spi.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Calls a language model: OpenAI's API and whatever speaks it, Anthropic's, Ollama's. Without one a person is asked.
 *
 * <p>The prompt is the stage template's, else {@code prompt} of the executor's config, which also chooses the model, its
 * temperature and the longest answer ({@link ModelRequest}). The answer's lines are in the log while it is written. Its stages
 * implement {@link dev.callboard.palette.UsageReporting}.
 */
final class PromptExecutor implements StageExecutor {
    /** A template, used where the stage template has none of its own. */
    static final String PROMPT = "prompt";

    private final ConfiguredModels models;

    /** @param models none: a person is asked */
    PromptExecutor(ConfiguredModels models) {
        this.models = models;
    }

    @Override
    public ExecutorType type() {
        return ExecutorType.PROMPT;
    }

    /** Where there is no model there is none to choose. */
    @Override
    public List<Setting> configSchema() {
        List<Setting> schema = new ArrayList<>();
        schema.add(ConfigFields.text(PROMPT, "Prompt"));
        if (!models.isEmpty()) {
            schema.add(ConfigFields.choice(ModelRequest.MODEL, "Model", models.choices()));
        }
        schema.add(ConfigFields.number(
                ModelRequest.TEMPERATURE, Setting.Type.NUMBER, "Temperature", 0, ModelApi.MAX_TEMPERATURE));
        schema.add(ConfigFields.number(
                ModelRequest.MAX_OUTPUT_TOKENS,
                Setting.Type.INTEGER,
                "Longest answer in tokens",
                1,
                models.maxOutputTokens()));
        return schema;
    }

    @Override
    public Optional<String> note() {
        return asksPerson()
                ? Optional.of("No model is configured here (models in callboard.yaml): a person gets the prompt and"
                        + " fills in the answer.")
                : Optional.empty();
    }

    @Override
    public Optional<String> noTry() {
        return asksPerson()
                ? Optional.of(
                        "No model is configured here (models in callboard.yaml), so a person does this stage: start a"
                                + " task to see what they are asked.")
                : Optional.empty();
    }

    /** The model that it chooses is not there, or has no key. */
    @Override
    public Optional<String> unavailable(StageDefinition definition) {
        if (asksPerson()) {
            return Optional.empty();
        }
        ModelRequest.Reading reading = ModelRequest.of(definition, models);
        return reading.request() == null
                ? Optional.of(reading.fault())
                : reading.request().model().unavailable();
    }

    @Override
    public boolean getsSecrets() {
        return false;
    }

    /** The key of the provider that is asked; a model may say it back, or its provider may. */
    @Override
    public List<String> secrets(StageDefinition definition) {
        ModelRequest request =
                asksPerson() ? null : ModelRequest.of(definition, models).request();
        return request == null
                ? List.of()
                : List.of(request.model().provider().key().value());
    }

    @Override
    public List<Violation> check(StageDefinition definition) {
        List<Violation> violations = new ArrayList<>(ConfigFields.templateFaults(definition, PROMPT));
        if (!asksPerson()) {
            violations.addAll(ModelRequest.of(definition, models).violations());
        }
        return violations;
    }

    @Override
    public boolean asksPerson() {
        return models.isEmpty();
    }

    @Override
    public String question(StageDefinition definition) {
        return prompt(definition).orElse(PromptRules.USUAL);
    }

    /** A person makes do with the task and what came before; a model needs instructions. */
    @Override
    public boolean needsPrompt(StageDefinition definition) {
        return !asksPerson() && prompt(definition).isEmpty();
    }

    /** The definition's own. */
    static Optional<String> prompt(StageDefinition definition) {
        return definition.executorConfig().get(PROMPT) instanceof String own && !own.isBlank()
                ? Optional.of(own)
                : Optional.empty();
    }

    @Override
    public Stage stage(Request request) {
        return new PromptStage(ModelRequest.of(request.definition(), models), request);
    }
}
