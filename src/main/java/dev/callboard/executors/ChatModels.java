package dev.callboard.executors;

import dev.callboard.config.ModelProvider;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.Map;

/** Speaks to each provider in its own way. A temperature that is null is not sent. */
final class ChatModels {
    private ChatModels() {}

    static StreamingChatModel of(ModelRequest request, HttpClientBuilder http) {
        ModelProvider provider = request.model().provider().config();
        Secret key = request.model().provider().key();
        String url = provider.baseUrl().toString();
        return switch (provider.api()) {
            case OPENAI -> openAi(request, provider, key, http, url);
            case ANTHROPIC ->
                AnthropicStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(url)
                        .apiKey(key.value())
                        .modelName(request.model().name())
                        .temperature(request.temperature())
                        .maxTokens(request.maxOutputTokens())
                        .build();
            case OLLAMA ->
                OllamaStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(url)
                        .customHeaders(
                                key.value().isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + key.value()))
                        .modelName(request.model().name())
                        .temperature(request.temperature())
                        .numPredict(request.maxOutputTokens())
                        .build();
        };
    }

    private static StreamingChatModel openAi(
            ModelRequest request, ModelProvider provider, Secret key, HttpClientBuilder http, String url) {
        OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder builder = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(url)
                .modelName(request.model().name())
                .temperature(request.temperature());
        if (!key.value().isEmpty()) {
            builder.apiKey(key.value());
        }
        // OpenAI has a new name for the limit; those who copied its API mostly know the old one.
        if (provider.baseUrl().getHost().endsWith(".openai.com")) {
            builder.maxCompletionTokens(request.maxOutputTokens());
        } else {
            builder.maxTokens(request.maxOutputTokens());
        }
        return builder.build();
    }
}
