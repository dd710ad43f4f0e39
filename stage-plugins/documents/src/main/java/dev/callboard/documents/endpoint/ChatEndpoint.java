package dev.callboard.documents.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callboard.documents.input.StrictJson;
import dev.callboard.endpoint.EndpointFailures;
import dev.callboard.endpoint.GuardedPost;
import dev.callboard.endpoint.PostAnswer;
import dev.callboard.endpoint.PostException;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.HostLookup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A model behind an endpoint that speaks <a href="https://platform.openai.com/docs/api-reference/chat/create">OpenAI's chat
 * completions</a>: {@code {"model", "messages": [{"role", "content"}], "temperature": 0}} is answered by {@code {"choices":
 * [{"message": {"content"}}]}}. Nothing is repeated here: a failure that may pass says so, and the stage's policy decides.
 */
public final class ChatEndpoint implements ChatModel {
    private static final int MAX_ANSWER_BYTES = 4 << 20;
    private static final ObjectMapper MAPPER = StrictJson.mapper(MAX_ANSWER_BYTES);

    private final EndpointConfig config;
    private final EndpointFailures failures;
    private final GuardedPost http;

    /** Connects to nothing yet. */
    public ChatEndpoint(EndpointConfig config, StageContext context) {
        this(config, context, InetAddress::getAllByName);
    }

    /** @param lookup finds the addresses of the endpoint's host */
    ChatEndpoint(EndpointConfig config, StageContext context, HostLookup lookup) {
        this.config = config;
        this.failures = new EndpointFailures(EndpointConfig.WORDS, config.address(), config.apiKey(), config.timeout());
        this.http = new GuardedPost(config.address(), context.network(), context.outbound(), lookup, config.timeout());
    }

    @Override
    public String answer(List<Message> messages, BooleanSupplier cancelled) throws StageFailure, InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        if (!config.apiKey().isEmpty()) {
            headers.put("Authorization", "Bearer " + config.apiKey());
        }
        PostAnswer answer;
        try {
            answer = http.post(request(messages), headers, MAX_ANSWER_BYTES, cancelled);
        } catch (PostException e) {
            throw failures.of(e);
        }
        if (answer.status() != 200) {
            throw failures.status(answer);
        }
        return content(answer.body());
    }

    private byte[] request(List<Message> messages) {
        ObjectNode request = MAPPER.createObjectNode();
        request.put("model", config.model());
        request.put("temperature", 0);
        ArrayNode list = request.putArray("messages");
        for (Message message : messages) {
            list.addObject().put("role", message.role()).put("content", message.content());
        }
        try {
            return MAPPER.writeValueAsBytes(request);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a request of texts is always JSON", e);
        }
    }

    private String content(byte[] body) throws StageFailure {
        try {
            JsonNode content = MAPPER.readTree(body).at("/choices/0/message/content");
            if (content.isTextual()) {
                return content.asText();
            }
        } catch (JsonProcessingException e) {
            throw failures.wrong("is not valid JSON");
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be read", e);
        }
        throw failures.wrong("has no text at choices[0].message.content");
    }

    @Override
    public void close() {
        http.close();
    }
}
