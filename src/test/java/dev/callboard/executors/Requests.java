package dev.callboard.executors;

import dev.callboard.json.Json;
import dev.callboard.palette.EntryType;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.Ports;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageExecutor.Request;
import dev.callboard.palette.TemplateValues;
import java.util.List;
import java.util.Map;

/** What stages are asked to do in these tests. */
final class Requests {
    /** {@code {"title": string, "count": integer}}. */
    static final Map<String, Object> SCHEMA = Map.of(
            "type",
            "object",
            "required",
            List.of("title", "count"),
            "properties",
            Map.of("title", Map.of("type", "string"), "count", Map.of("type", "integer")));

    private Requests() {}

    static Request prompt(String template, Map<String, Object> schema) {
        return request(ExecutorType.PROMPT, Map.of(), template, schema);
    }

    /** {@code template} for a stage with a configuration of its own. */
    static Request promptOf(String template, Map<String, Object> config) {
        return request(ExecutorType.PROMPT, config, template, null);
    }

    static Request command(Map<String, Object> config, String template, Map<String, Object> schema) {
        return request(ExecutorType.COMMAND, config, template, schema);
    }

    private static Request request(
            ExecutorType executor, Map<String, Object> config, String template, Map<String, Object> schema) {
        return new Request(
                definition(executor, config),
                template,
                null,
                schema,
                new TemplateValues(
                        Map.of("task_description", "Pay {{user_input}} $(reboot)"), Map.of(), null, Json::write),
                List.of());
    }

    static StageDefinition definition(ExecutorType executor, Map<String, Object> config) {
        return new StageDefinition(
                "research",
                "Research",
                "Research",
                EntryType.STAGE,
                "",
                executor.executionType(),
                new Ports(List.of(), List.of()),
                List.of(),
                executor,
                config,
                "1",
                List.of(),
                List.of(),
                Map.of());
    }
}
