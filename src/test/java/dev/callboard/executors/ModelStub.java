package dev.callboard.executors;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.callboard.config.ModelApi;
import dev.callboard.config.ModelProvider;
import dev.callboard.config.ModelsConfig;
import dev.callboard.json.Json;
import dev.callboard.testing.Outbound;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A model's endpoint that says what it was told to say, in the stream of each provider. */
public final class ModelStub implements AutoCloseable {
    static final String KEY = "sk-canary-4f1c0de5";
    static final String VARIABLE = "MODEL_KEY";

    public final WireMockServer server = new WireMockServer(options().dynamicPort());
    private final ModelApi provider;

    public ModelStub(ModelApi provider) {
        this.provider = provider;
        server.start();
    }

    PromptExecutor executor(Duration timeout) {
        return executor(timeout, KEY);
    }

    PromptExecutor executor(Duration timeout, String key) {
        return new PromptExecutor(ConfiguredModels.of(
                new ModelsConfig(List.of(provider("", VARIABLE, timeout, List.of("small"), "2.50"))),
                variable -> key,
                Outbound.client()));
    }

    /** It as a provider of models whose answers have at most 1,000 tokens; a million of them cost 10 EUR. */
    ModelProvider provider(String name, String variable, Duration timeout, List<String> models, String inputPrice) {
        return new ModelProvider(
                name,
                provider,
                URI.create(server.baseUrl() + "/v1"),
                models,
                variable,
                timeout,
                1_000,
                new ModelProvider.Price(new BigDecimal(inputPrice), new BigDecimal(10), "EUR"));
    }

    /** Answers one after the other; the last one stays. */
    public void answers(ResponseDefinitionBuilder... responses) {
        for (int i = 0; i < responses.length; i++) {
            server.stubFor(post(anyUrl())
                    .inScenario("conversation")
                    .whenScenarioStateIs(state(i))
                    .willSetStateTo(state(Math.min(i + 1, responses.length - 1)))
                    .willReturn(responses[i]));
        }
    }

    private static String state(int i) {
        return i == 0 ? Scenario.STARTED : "after " + i;
    }

    /** A good answer in pieces: 12 tokens in, 34 out. */
    public ResponseDefinitionBuilder says(String... pieces) {
        return stream(text(pieces, true));
    }

    /** The same, ended by the limit of tokens; in the words of OpenAI's API. */
    ResponseDefinitionBuilder stopsAtLimit(String... pieces) {
        return stream(text(pieces, true).replace("\"finish_reason\":\"stop\"", "\"finish_reason\":\"length\""));
    }

    /** The same, cut before the model said that it was done. */
    ResponseDefinitionBuilder breaksOffAfter(String... pieces) {
        return stream(text(pieces, false));
    }

    ResponseDefinitionBuilder status(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    String lastBody() {
        return server.getAllServeEvents().get(0).getRequest().getBodyAsString();
    }

    String lastHeaders() {
        return server.getAllServeEvents().get(0).getRequest().getHeaders().toString();
    }

    private ResponseDefinitionBuilder stream(String body) {
        boolean lines = provider == ModelApi.OLLAMA;
        return aResponse()
                .withHeader("Content-Type", lines ? "application/x-ndjson" : "text/event-stream; charset=utf-8")
                .withBody(body);
    }

    private String text(String[] pieces, boolean whole) {
        StringBuilder body = new StringBuilder();
        if (provider == ModelApi.ANTHROPIC) {
            event(
                    body,
                    Map.of(
                            "type",
                            "message_start",
                            "message",
                            Map.of(
                                    "id",
                                    "m1",
                                    "type",
                                    "message",
                                    "role",
                                    "assistant",
                                    "model",
                                    "small",
                                    "content",
                                    List.of(),
                                    "usage",
                                    Map.of("input_tokens", 12, "output_tokens", 1))));
            event(
                    body,
                    Map.of(
                            "type",
                            "content_block_start",
                            "index",
                            0,
                            "content_block",
                            Map.of("type", "text", "text", "")));
        }
        for (String piece : pieces) {
            event(body, piece(piece));
        }
        if (whole) {
            end(body);
        }
        return body.toString();
    }

    private Map<String, Object> piece(String text) {
        return switch (provider) {
            case OPENAI ->
                Map.of(
                        "id",
                        "c1",
                        "object",
                        "chat.completion.chunk",
                        "model",
                        "small",
                        "choices",
                        List.of(Map.of("index", 0, "delta", Map.of("content", text))));
            case ANTHROPIC ->
                Map.of("type", "content_block_delta", "index", 0, "delta", Map.of("type", "text_delta", "text", text));
            case OLLAMA ->
                Map.of("model", "small", "message", Map.of("role", "assistant", "content", text), "done", false);
        };
    }

    private void end(StringBuilder body) {
        switch (provider) {
            case OPENAI -> {
                event(
                        body,
                        Map.of(
                                "id",
                                "c1",
                                "object",
                                "chat.completion.chunk",
                                "model",
                                "small",
                                "choices",
                                List.of(Map.of("index", 0, "delta", Map.of(), "finish_reason", "stop"))));
                event(
                        body,
                        Map.of(
                                "id",
                                "c1",
                                "object",
                                "chat.completion.chunk",
                                "model",
                                "small",
                                "choices",
                                List.of(),
                                "usage",
                                Map.of("prompt_tokens", 12, "completion_tokens", 34, "total_tokens", 46)));
                body.append("data: [DONE]\n\n");
            }
            case ANTHROPIC -> {
                event(body, Map.of("type", "content_block_stop", "index", 0));
                event(
                        body,
                        Map.of(
                                "type",
                                "message_delta",
                                "delta",
                                Map.of("stop_reason", "end_turn"),
                                "usage",
                                Map.of("output_tokens", 34)));
                event(body, Map.of("type", "message_stop"));
            }
            case OLLAMA ->
                event(
                        body,
                        Map.of(
                                "model",
                                "small",
                                "message",
                                Map.of("role", "assistant", "content", ""),
                                "done",
                                true,
                                "done_reason",
                                "stop",
                                "prompt_eval_count",
                                12,
                                "eval_count",
                                34));
        }
    }

    private void event(StringBuilder body, Map<String, Object> event) {
        switch (provider) {
            case OPENAI -> body.append("data: ").append(Json.write(event)).append("\n\n");
            case ANTHROPIC ->
                body.append("event: ")
                        .append(event.get("type"))
                        .append("\ndata: ")
                        .append(Json.write(event))
                        .append("\n\n");
            case OLLAMA -> body.append(Json.write(event)).append('\n');
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
