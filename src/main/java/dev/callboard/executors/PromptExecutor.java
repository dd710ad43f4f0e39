package dev.callboard.executors;

import dev.callboard.config.ModelsConfig;
import dev.callboard.model.StageExecutor;
import dev.callboard.spi.Stage;
import java.net.http.HttpClient;

/**
 * Calls a language model: OpenAI's API and whatever speaks it, Anthropic's, Ollama's.
 *
 * <p>The prompt is the stage template's, else {@code prompt} of the executor's config. The answer's lines are in the log
 * while it is written. Its stages implement {@link dev.callboard.model.UsageReporting}.
 */
final class PromptExecutor implements StageExecutor {
    private final ModelFailures failures;
    private final HttpClient http;

    PromptExecutor(ModelsConfig config, Secret key) {
        this.failures = new ModelFailures(config, key);
        this.http = ModelHttp.client(config.timeout());
    }

    @Override
    public Stage stage(Request request) {
        return new PromptStage(http, failures, request);
    }
}
