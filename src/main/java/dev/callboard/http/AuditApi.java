package dev.callboard.http;

import dev.callboard.audit.AuditQuery;
import dev.callboard.audit.AuditQuery.Source;
import dev.callboard.audit.AuditRepository;
import dev.callboard.feed.TaskBody;
import dev.callboard.json.Json;
import dev.callboard.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and exports the audit log; nothing writes it from outside. */
final class AuditApi {
    private static final int PAGE = 100;
    private static final int MAX_WORDS = 8;

    private final AuditRepository audit;

    AuditApi(AuditRepository audit, Operations operations) {
        this.audit = audit;
        operations.onOrStream(
                "listAudit",
                this::list,
                context -> AuditFormat.of(Requests.parameter(context, "format")) != null,
                this::export);
    }

    private Future<Answer> list(RoutingContext context) {
        return audit.page(query(context), Requests.number(context, "limit", PAGE))
                .map(page -> Answer.ok(
                        TaskBody.page(page.entries().stream().map(Json::whole).toList(), page.next())));
    }

    private void export(RoutingContext context) {
        AuditFormat format = AuditFormat.of(Requests.parameter(context, "format"));
        if (format != null) {
            new AuditExport(audit, format, context)
                    .send(query(context), Requests.number(context, "limit", Integer.MAX_VALUE));
        }
    }

    private static AuditQuery query(RoutingContext context) {
        return new AuditQuery(
                words(Requests.parameter(context, "q")),
                list(Requests.parameter(context, "kind")),
                sources(Requests.parameter(context, "source")),
                Requests.parameter(context, "subject"),
                Requests.parameter(context, "actor"),
                time(context, "since"),
                time(context, "until"),
                Requests.cursor(context));
    }

    private static List<String> words(@Nullable String text) {
        List<String> words = text == null || text.isBlank()
                ? List.of()
                : List.of(text.strip().split("\\s+"));
        if (words.size() > MAX_WORDS) {
            throw ProblemException.invalid("invalid_request", "'q' must have at most " + MAX_WORDS + " words.");
        }
        return words;
    }

    private static List<String> list(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    private static Set<Source> sources(@Nullable String text) {
        return list(text).stream().map(AuditApi::source).collect(Collectors.toSet());
    }

    private static Source source(String word) {
        return Stream.of(Source.values())
                .filter(source -> source.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        ProblemException.invalid("invalid_request", "'source' must be any of people, files, server."));
    }

    private static @Nullable Instant time(RoutingContext context, String name) {
        String text = Requests.parameter(context, name);
        try {
            return text == null || text.isEmpty()
                    ? null
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw ProblemException.invalid(
                    "invalid_request", "'" + name + "' must be a time such as 2026-11-28T14:00:00Z.");
        }
    }
}
