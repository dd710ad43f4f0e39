package dev.callboard.executors;

import dev.callboard.expressions.Expressions;
import dev.callboard.net.OutboundClient;
import dev.callboard.net.OutboundRules;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageExecutor;
import dev.callboard.problem.Violation;
import dev.callboard.spi.Stage;
import dev.callboard.spi.net.AddressRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calls a web service: {@code {method, url, headers?, query?, body?: {json|form|text|blob}, response?, expect?}}. What it puts
 * out is {@code response}, an expression over {@code {status, headers, body}}, by default {@code body}.
 */
final class HttpExecutor implements StageExecutor {
    /** Where the definition says none. */
    static final String USUAL_METHOD = "GET";

    private static final List<Setting> CONFIG = List.of(
            new Setting(
                    HttpRules.METHOD,
                    Setting.Type.SELECT,
                    "Method",
                    USUAL_METHOD,
                    null,
                    null,
                    Stream.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
                            .map(word -> new Setting.Option(word, word))
                            .toList(),
                    false),
            ConfigFields.requiredLine(
                    HttpRules.URL,
                    "Address, such as https://api.example.org/items/{{input.id}} or {{settings.base}}/items"),
            ConfigFields.json(
                    HttpRules.QUERY, "Query: an object such as {\"q\": \"{{input}}\", \"tag\": [\"a\", \"b\"]}"),
            ConfigFields.json(
                    HttpRules.HEADERS, "Headers: an object such as {\"Authorization\": \"Bearer {{settings.token}}\"}"),
            ConfigFields.json(
                    HttpRules.BODY,
                    "Body: {\"json\": {\"text\": \"{{input}}\"}}, {\"form\": {\"q\": \"{{input}}\"}}, {\"text\": \"{{input}}\"}"
                            + " or {\"blob\": \"{{input.blob}}\"}"),
            ConfigFields.text(
                    HttpRules.RESPONSE, "Output: an expression (JSONata) over status, headers and body; empty is body"),
            ConfigFields.json(HttpRules.EXPECT, "Statuses that are success, such as [200, 404]; empty is 200 to 299"));

    private final OutboundClient client;
    private final Expressions expressions;
    private final Duration timeout;
    private final long maxBytes;

    /**
     * @param expressions evaluates {@code response}
     * @param timeout of one request
     * @param maxBytes of one answer
     */
    HttpExecutor(OutboundClient client, Expressions expressions, Duration timeout, long maxBytes) {
        this.client = client;
        this.expressions = expressions;
        this.timeout = timeout;
        this.maxBytes = maxBytes;
    }

    static String method(StageDefinition definition) {
        return definition.executorConfig().get(HttpRules.METHOD) instanceof String method ? method : USUAL_METHOD;
    }

    @Override
    public ExecutorType type() {
        return ExecutorType.HTTP;
    }

    @Override
    public List<Setting> configSchema() {
        return CONFIG;
    }

    @Override
    public Optional<String> note() {
        AddressRules rules = client.rules();
        String ports = rules.ports().stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
        return Optional.of("It reaches public addresses on the ports " + ports
                + (rules.allow().isEmpty()
                        ? " only; network.allow in the server's configuration opens others."
                        : ", and " + String.join(", ", rules.allow()) + " (network.allow in the server's"
                                + " configuration)."));
    }

    /** What its rules refuse whatever its names lead to. */
    @Override
    public Optional<String> unavailable(StageDefinition definition) {
        return HttpRules.fixedOrigin(definition).flatMap(url -> OutboundRules.never(client.rules(), url, "stage"));
    }

    @Override
    public List<Violation> check(StageDefinition definition) {
        List<Violation> faults = new ArrayList<>(HttpRules.faults(definition));
        if (definition.executorConfig().get(HttpRules.RESPONSE) instanceof String response && !response.isBlank()) {
            expressions
                    .fault(response)
                    .ifPresent(fault -> faults.add(new Violation("/executor_config/" + HttpRules.RESPONSE, fault)));
        }
        return faults;
    }

    @Override
    public Stage stage(Request request) {
        return new HttpStage(client, expressions, request, timeout, maxBytes);
    }
}
