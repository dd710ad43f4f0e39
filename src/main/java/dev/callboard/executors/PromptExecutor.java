package dev.callboard.executors;

import dev.callboard.config.ModelsConfig;
import dev.callboard.model.ExecutorType;
import dev.callboard.model.PromptRules;
import dev.callboard.model.Setting;
import dev.callboard.model.StageDefinition;
import dev.callboard.model.StageExecutor;
import dev.callboard.model.Violation;
import dev.callboard.net.OutboundClient;
import dev.callboard.spi.Stage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls a language model: OpenAI's API and whatever speaks it, Anthropic's, Ollama's. Without one a person is asked.
 *
 * <p>The prompt is the stage template's, else {@code prompt} of the executor's config. The answer's lines are in the log
 * while it is written. Its stages implement {@link dev.callboard.model.UsageReporting}.
 */
final class PromptExecutor implements StageExecutor {
    /** A template, used where the stage template has none of its own. */
    static final String PROMPT = "prompt";

    private static final List<Setting> CONFIG = List.of(ConfigFields.text(PROMPT, "Prompt"));

    private final @Nullable ModelFailures failures;
    private final @Nullable OutboundClient http;

    /** Where there is no model: a person is asked. */
    PromptExecutor() {
        this.failures = null;
        this.http = null;
    }

    /** @param http reaches public addresses, and where the operator put the model */
    PromptExecutor(ModelsConfig config, Secret key, OutboundClient http) {
        this.failures = new ModelFailures(config, key);
        this.http = ModelHttp.reaching(config.baseUrl(), http);
    }

    @Override
    public ExecutorType type() {
        return ExecutorType.PROMPT;
    }

    @Override
    public List<Setting> configSchema() {
        return CONFIG;
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

    @Override
    public boolean getsSecrets() {
        return false;
    }

    @Override
    public List<Violation> check(StageDefinition definition) {
        return ConfigFields.templateFaults(definition, PROMPT);
    }

    @Override
    public boolean asksPerson() {
        return failures == null;
    }

    @Override
    public String question(StageDefinition definition) {
        return definition.executorConfig().get(PROMPT) instanceof String own && !own.isBlank()
                ? own
                : PromptRules.USUAL;
    }

    @Override
    public Stage stage(Request request) {
        if (http == null || failures == null) {
            throw new UnsupportedOperationException("no model is configured");
        }
        return new PromptStage(http, failures, request);
    }
}
