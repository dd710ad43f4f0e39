package dev.callboard.http;

import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.tasks.TaskBoardMessages.Filter;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads from an address which tasks are asked for. */
final class TaskFilters {
    private static final int MAX_WORDS = 10;

    private TaskFilters() {}

    /** Fails with {@code invalid_request} when a time is none or when there are too many words. */
    static Filter of(RoutingContext context) {
        return new Filter(
                words(context),
                Requests.parameter(context, "status"),
                Requests.parameter(context, "project"),
                Requests.parameter(context, "pipeline"),
                Requests.parameter(context, "label"),
                Boolean.parseBoolean(Requests.parameter(context, "archived")),
                time(context, "since"),
                time(context, "until"));
    }

    private static List<String> words(RoutingContext context) {
        String query = Requests.parameter(context, "q");
        List<String> words = query == null || query.isBlank()
                ? List.of()
                : List.of(query.strip().split("\\s+"));
        if (words.size() > MAX_WORDS) {
            throw invalid("q", "must have at most " + MAX_WORDS + " words");
        }
        return words;
    }

    private static @Nullable Instant time(RoutingContext context, String name) {
        String value = Requests.parameter(context, name);
        try {
            return value == null ? null : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException e) {
            throw invalid(name, "must be a time such as 2026-11-28T14:05:00Z");
        }
    }

    private static ProblemException invalid(String name, String detail) {
        return ProblemException.invalid(
                "invalid_request", "'" + name + "' " + detail + ".", List.of(new Violation("/" + name, detail)));
    }
}
