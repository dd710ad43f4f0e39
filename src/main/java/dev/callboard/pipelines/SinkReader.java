package dev.callboard.pipelines;

import dev.callboard.pipelines.SinkConfig.Result;
import dev.callboard.pipelines.SinkConfig.ToFile;
import dev.callboard.pipelines.SinkConfig.ToWebhook;
import dev.callboard.problem.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one sink of a pipeline. */
final class SinkReader {
    /** The most sinks of a pipeline. */
    static final int MAX_SINKS = 100;

    private static final List<String> TYPES = List.of("result", "file", "webhook");
    private static final int MAX_TEXT = 2_000;

    private final Fields config;

    private SinkReader(Fields config) {
        this.config = config;
    }

    static PipelineSink read(Fields fields) {
        fields.only(List.of("name", "type", "after", "config"));
        PipelineReader.required(fields, "name");
        String type = Ends.type(fields, TYPES);
        SinkReader reader = new SinkReader(Ends.config(fields));
        return new PipelineSink(
                Ends.name(fields),
                fields.words("after", PipelineReader.MAX_STAGES, PipelineReader.STAGE_NAME),
                switch (type) {
                    case "file" -> reader.file();
                    case "webhook" -> reader.webhook();
                    default -> reader.result(type);
                });
    }

    private SinkConfig result(String type) {
        if (!type.isEmpty()) {
            config.only(List.of());
        }
        return new Result();
    }

    private SinkConfig file() {
        config.only(List.of("path", "name"));
        PipelineReader.required(config, "path");
        PipelineReader.required(config, "name");
        return new ToFile(Ends.folder(config, MAX_TEXT), config.text("name", "", MAX_TEXT));
    }

    private SinkConfig webhook() {
        config.only(List.of("url", "headers", "secret"));
        PipelineReader.required(config, "url");
        PipelineReader.required(config, "secret");
        return new ToWebhook(config.text("url", "", MAX_TEXT), headers(), Ends.secret(config, "secret"));
    }

    private Map<String, String> headers() {
        Map<String, @Nullable Object> values = PipelineReader.object(config, "headers");
        Map<String, String> headers = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (value instanceof String text) {
                headers.put(name, text);
            } else {
                config.wrong("headers", "must have texts; '" + name + "' has none");
            }
        });
        return headers;
    }
}
