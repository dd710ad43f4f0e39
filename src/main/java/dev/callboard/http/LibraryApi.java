package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.feed.TaskBody;
import dev.callboard.json.Json;
import dev.callboard.library.LibraryMessages;
import dev.callboard.library.LibraryMessages.DocumentView;
import dev.callboard.library.LibraryMessages.GetDocument;
import dev.callboard.library.LibraryMessages.ListDocuments;
import dev.callboard.library.LibraryMessages.RemoveDocument;
import dev.callboard.library.LibraryMessages.Search;
import dev.callboard.problem.ProblemException;
import dev.callboard.taskmodel.TaskStatus;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The calls of documents and of the search in them. */
final class LibraryApi {
    private static final int SEARCH_PAGE = 20;
    private static final int LIST_PAGE = 50;

    /** What every document has, if only as null. */
    private static final List<String> ALWAYS =
            List.of("title", "media_type", "sha256", "quality", "chunks", "entities");

    private final Bus bus;

    LibraryApi(Bus bus, Operations operations) {
        this.bus = bus;
        operations.on("searchDocuments", this::search);
        operations.on("listDocuments", this::list);
        operations.on("getDocument", this::get);
        operations.on("deleteDocument", this::remove);
    }

    /** A project's id, empty for documents of none, null for all. */
    static @Nullable String project(RoutingContext context) {
        String project = Requests.parameter(context, "project");
        if (project == null || project.isEmpty()) {
            return null;
        }
        return project.equals("none") ? "" : project;
    }

    private Future<Answer> search(RoutingContext context) {
        int from = from(Requests.parameter(context, "cursor"));
        int limit = Requests.number(context, "limit", SEARCH_PAGE);
        Search ask = new Search(
                Objects.requireNonNullElse(Requests.parameter(context, "q"), ""),
                project(context),
                Objects.requireNonNullElse(Requests.parameter(context, "mode"), "hybrid"),
                from,
                limit,
                facets(context.queryParam("facet")));
        return bus.ask(LibraryMessages.SEARCH, ask, LibraryMessages.SEARCH_MS).map(reply -> {
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("items", reply.items());
            body.put("next", reply.items().size() < limit ? null : Integer.toString(from + limit));
            body.put("total", reply.total());
            body.put("nearest", reply.nearest());
            body.put("mode", reply.mode());
            Map<String, List<Map<String, @Nullable Object>>> facets = new LinkedHashMap<>();
            reply.facets()
                    .forEach((name, values) ->
                            facets.put(name, values.stream().map(Json::whole).toList()));
            body.put("facets", facets);
            body.put("counts_exact", reply.countsExact());
            body.put("warnings", reply.warnings());
            return Answer.ok(body);
        });
    }

    /** Values by the name before the colon, whose form the contract has checked. */
    private static Map<String, List<String>> facets(List<String> given) {
        return given.stream()
                .map(facet -> facet.split(":", 2))
                .collect(Collectors.groupingBy(
                        facet -> facet[0], TreeMap::new, Collectors.mapping(facet -> facet[1], Collectors.toList())));
    }

    private static int from(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return 0;
        }
        if (!cursor.matches("[0-9]{1,6}")) {
            throw ProblemException.invalid(
                    "invalid_cursor", "'cursor' must be the 'next' of the page before, or be left out.");
        }
        return Integer.parseInt(cursor);
    }

    private Future<Answer> list(RoutingContext context) {
        return bus.ask(
                        LibraryMessages.LIST,
                        new ListDocuments(
                                Requests.parameter(context, "q"),
                                project(context),
                                Requests.number(context, "limit", LIST_PAGE),
                                Requests.parameter(context, "cursor")))
                .map(reply -> Answer.ok(TaskBody.page(
                        reply.documents().stream().map(LibraryApi::body).toList(), reply.next())));
    }

    private Future<Answer> get(RoutingContext context) {
        return bus.ask(LibraryMessages.GET, new GetDocument(context.pathParam("doc_id"), project(context)))
                .map(reply -> Answer.ok(body(reply.document())));
    }

    private Future<Answer> remove(RoutingContext context) {
        return bus.ask(LibraryMessages.REMOVE, new RemoveDocument(context.pathParam("doc_id"), project(context)))
                .map(reply -> Answer.ok(Map.of("doc_id", reply.docId())));
    }

    private static Map<String, @Nullable Object> body(DocumentView view) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("doc_id", view.docId());
        body.put("project_id", view.project().isEmpty() ? null : view.project());
        ALWAYS.forEach(name -> body.put(name, view.facts().get(name)));
        view.facts().forEach(body::putIfAbsent);
        body.put("task_id", view.taskId());
        TaskStatus status = view.taskStatus();
        body.put("task_status", status == null ? null : status.word());
        body.put("complete", view.isComplete());
        body.put("updated_at", view.updatedAt().toString());
        body.put("parts", view.parts());
        return body;
    }
}
