package dev.callboard.pipelines;

import dev.callboard.cron.Schedule;
import dev.callboard.pipelines.SourceConfig.Folder;
import dev.callboard.pipelines.SourceConfig.Given;
import dev.callboard.pipelines.SourceConfig.Missed;
import dev.callboard.pipelines.SourceConfig.Overlap;
import dev.callboard.pipelines.SourceConfig.Timed;
import dev.callboard.pipelines.SourceConfig.Webhook;
import dev.callboard.problem.Fields;
import java.nio.file.FileSystems;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** Reads one source of a pipeline. */
final class SourceReader {
    /** The most sources of a pipeline. */
    static final int MAX_SOURCES = 100;

    /** What a pipeline can have as a source; not all of them can be drawn. */
    static final List<String> TYPES = List.of("files", "text", "urls", "schedule", "webhook", "folder");

    private static final int MAX_CRON = 200;
    private static final int MAX_EXPRESSION = 10_000;
    private static final int MAX_PATH = 1_000;

    private final Fields config;

    private SourceReader(Fields config) {
        this.config = config;
    }

    static PipelineSource read(Fields fields) {
        fields.only(List.of("name", "type", "config"));
        PipelineReader.required(fields, "name");
        String type = Ends.type(fields, TYPES);
        SourceReader reader = new SourceReader(Ends.config(fields));
        return new PipelineSource(
                Ends.name(fields),
                switch (type) {
                    case "schedule" -> reader.schedule();
                    case "webhook" -> reader.webhook();
                    case "folder" -> reader.folder();
                    default -> reader.given(type);
                });
    }

    private SourceConfig given(String type) {
        if (!type.isEmpty()) {
            config.only(List.of());
        }
        return type.isEmpty() ? Given.FILES : Given.valueOf(type.toUpperCase(Locale.ROOT));
    }

    private SourceConfig schedule() {
        config.only(List.of("cron", "time_zone", "overlap", "missed"));
        PipelineReader.required(config, "cron");
        String cron = config.text("cron", "", MAX_CRON).strip();
        ZoneId zone = zone();
        if (!cron.isEmpty()) {
            try {
                Schedule.of(cron, zone);
            } catch (IllegalArgumentException e) {
                config.wrong("cron", String.valueOf(e.getMessage()));
            }
        }
        return new Timed(
                cron,
                zone,
                oneOf("overlap", Overlap.SKIP, Overlap.values()),
                oneOf("missed", Missed.LAST, Missed.values()));
    }

    private ZoneId zone() {
        String name = config.text("time_zone", "", 64).strip();
        Optional<ZoneId> zone = name.isEmpty() ? Optional.of(ZoneId.of("UTC")) : Schedule.zone(name);
        if (zone.isEmpty()) {
            config.wrong("time_zone", "must be a time zone such as Europe/Berlin or UTC");
        }
        return zone.orElse(ZoneOffset.UTC);
    }

    private SourceConfig webhook() {
        config.only(List.of("hmac_secret", "input"));
        String input = config.text("input", Webhook.BODY, MAX_EXPRESSION).strip();
        if (input.isEmpty()) {
            config.wrong("input", "must be body or an expression");
        }
        return new Webhook(Ends.secret(config, "hmac_secret"), input);
    }

    private SourceConfig folder() {
        config.only(List.of("path", "pattern", "then"));
        PipelineReader.required(config, "path");
        return new Folder(
                Ends.folder(config, MAX_PATH), pattern(), oneOf("then", Then.KEEP, Then.values()) == Then.MOVE);
    }

    private enum Then {
        KEEP,
        MOVE
    }

    private String pattern() {
        String pattern = config.text("pattern", "*", 200);
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            config.wrong("pattern", "must be a pattern for names of files, such as *.xml or *.{xml,txt}");
        }
        if (pattern.isEmpty() || pattern.contains("/")) {
            config.wrong("pattern", "must be a pattern for names of files in the folder itself, without /");
        }
        return pattern;
    }

    private <E extends Enum<E>> E oneOf(String key, E fallback, E[] values) {
        Object value = config.get(key);
        Optional<E> found = Arrays.stream(values)
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst();
        if (value != null && found.isEmpty()) {
            config.wrong(
                    key,
                    "must be one of "
                            + String.join(
                                    ", ",
                                    Arrays.stream(values)
                                            .map(each -> each.name().toLowerCase(Locale.ROOT))
                                            .toList()));
        }
        return found.orElse(fallback);
    }
}
