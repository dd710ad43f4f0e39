package dev.callboard.executors;

import dev.callboard.config.ModelsConfig;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.Map;

/** Speaks to each provider in its own way. */
final class ChatModels {
    private ChatModels() {}

    static StreamingChatModel of(ModelsConfig config, Secret key, HttpClientBuilder http) {
        String url = config.baseUrl().toString();
        return switch (config.provider()) {
            case OPENAI -> openAi(config, key, http, url);
            case ANTHROPIC ->
                AnthropicStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(url)
                        .apiKey(key.value())
                        .modelName(config.model())
                        .maxTokens(config.maxOutputTokens())
                        .build();
            case OLLAMA ->
                OllamaStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(url)
                        .customHeaders(
                                key.value().isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + key.value()))
                        .modelName(config.model())
                        .numPredict(config.maxOutputTokens())
                        .build();
        };
    }

    private static StreamingChatModel openAi(ModelsConfig config, Secret key, HttpClientBuilder http, String url) {
        OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder builder = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(url)
                .modelName(config.model());
        if (!key.value().isEmpty()) {
            builder.apiKey(key.value());
        }
        // OpenAI has a new name for the limit; those who copied its API mostly know the old one.
        if (config.baseUrl().getHost().endsWith(".openai.com")) {
            builder.maxCompletionTokens(config.maxOutputTokens());
        } else {
            builder.maxTokens(config.maxOutputTokens());
        }
        return builder.build();
    }
}
