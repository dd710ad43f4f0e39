package dev.callboard.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Documents, what is found in them and their graph, answered in the browser in place of the server: what the pages do with
 * them does not depend on which stages made them.
 */
final class StubbedLibrary {
    static final String ID = "5f1c0a77e2b94d31";
    static final String TITLE = "Rift Valley fever in goats";

    /** The first character takes two UTF-16 units and is one code point. */
    static final String SENTENCE = "🦟 Goats were bled weekly and sera were tested.";

    final List<String> ids = new CopyOnWriteArrayList<>(List.of(ID, "doc-2"));
    final List<String> removed = new CopyOnWriteArrayList<>();
    /** The bodies of tasks that were to be made. */
    final List<JsonObject> tasks = new CopyOnWriteArrayList<>();

    final StubbedGraph graph = new StubbedGraph();

    void answer(Page page) {
        route(page, "/api/search\\?.*", this::search);
        route(
                page,
                "/api/documents(\\?.*)?",
                url -> page(IntStream.range(0, ids.size())
                        .mapToObj(i -> document(ids.get(i)))
                        .filter(each -> !url.contains("q=") || url.contains("q=" + each.getString("doc_id")))
                        .toList()));
        page.route(Pattern.compile(".*/api/documents/[^/?]+(\\?.*)?"), this::one);
        page.route(Pattern.compile(".*/api/tasks(/t1)?"), this::task);
        route(page, "/api/graph(\\?.*)?", graph::answer);
        route(page, "/api/graph/path\\?.*", url -> StubbedGraph.path());
        route(page, "/api/blobs/d+", url -> text());
        route(page, "/api/blobs/e+", url -> entities());
        route(page, "/api/blobs/c+", url -> chunks());
    }

    private void route(Page page, String path, Function<String, JsonObject> answer) {
        page.route(
                Pattern.compile("https?://[^/]+" + path),
                route -> json(route, answer.apply(route.request().url())));
    }

    private void one(Route route) {
        String id = route.request().url().replaceAll(".*/documents/|\\?.*", "");
        if (route.request().method().equals("DELETE")) {
            ids.remove(id);
            removed.add(id);
            json(route, new JsonObject().put("doc_id", id));
        } else {
            json(route, document(id));
        }
    }

    /** The task that read the documents, and the new one that reads one of them again. */
    private void task(Route route) {
        if (route.request().method().equals("POST")) {
            tasks.add(new JsonObject(route.request().postData()));
            json(route, new JsonObject().put("id", "t2"));
        } else {
            JsonObject input = new JsonObject().put("sha256", "a".repeat(64)).put("name", "goats.pdf");
            json(
                    route,
                    new JsonObject().put("id", "t1").put("pipeline", "auto").put("input", new JsonArray().add(input)));
        }
    }

    private static void json(Route route, JsonObject body) {
        route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(body.encode()));
    }

    private static JsonObject page(List<JsonObject> items) {
        return new JsonObject().put("items", new JsonArray(items)).putNull("next");
    }

    static JsonObject document(String id) {
        return new JsonObject()
                .put("doc_id", id)
                .putNull("project_id")
                .put("title", id.equals(ID) ? TITLE : "Document " + id)
                .put("media_type", "application/pdf")
                .put("sha256", "a".repeat(64))
                .put("quality", new JsonObject().put("valid", true).put("text_ratio", 0.98))
                .put("chunks", 12)
                .put("entities", 2)
                .put("task_id", "t1")
                .put("task_status", id.equals(ID) ? "completed" : "cancelled")
                .put("complete", id.equals(ID))
                .put("updated_at", "2026-11-28T14:17:05Z")
                .put(
                        "parts",
                        new JsonObject()
                                .put("document", "d".repeat(64))
                                .put("chunks", "c".repeat(64))
                                .put("entities", "e".repeat(64))
                                .putNull("graph"));
    }

    /** 400 paragraphs; the one of that number says so. */
    private static JsonObject text() {
        JsonArray blocks = new JsonArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            String block = SENTENCE + " This is paragraph " + i + ".";
            int start = text.codePointCount(0, text.length());
            text.append(block);
            blocks.add(new JsonObject()
                    .put("id", "b" + i)
                    .put("kind", "paragraph")
                    .put("section", "s" + i / 100)
                    .put("text", block)
                    .put("start", start)
                    .put("end", text.codePointCount(0, text.length())));
            text.append("\n\n");
        }
        JsonArray sections = new JsonArray();
        IntStream.range(0, 4)
                .forEach(i -> sections.add(
                        new JsonObject().put("id", "s" + i).putNull("parent").put("title", "Section " + i)));
        return new JsonObject()
                .put("doc_id", ID)
                .put("title", TITLE)
                .put("lang", "en")
                .put("sections", sections)
                .put("blocks", blocks)
                .put("text", text.toString())
                .put("refs", new JsonArray())
                .put("left_out", new JsonArray().add(left("page 1", "a header on each page", 40)));
    }

    private static JsonObject left(String where, String reason, int chars) {
        return new JsonObject().put("where", where).put("reason", reason).put("chars", chars);
    }

    /** Where "Goats" of a paragraph is; those before 100 have the same length but for their numbers. */
    static int goats(int paragraph) {
        int length = (SENTENCE + " This is paragraph 0.").codePointCount(0, SENTENCE.length() + 21);
        return paragraph * (length + 2) + Math.max(0, paragraph - 10) + 2;
    }

    private static JsonObject entities() {
        JsonObject place = new JsonObject()
                .put("start", goats(0))
                .put("end", goats(0) + 5)
                .put("text", "Goats")
                .put("method", "dictionary")
                .put("confidence", "exact");
        return new JsonObject()
                .put(
                        "entities",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("id", "term:goat")
                                        .put("type", "term")
                                        .put("label", "goat")
                                        .put("places", new JsonArray().add(place))))
                .put("claims", new JsonArray());
    }

    private static JsonObject chunks() {
        JsonObject chunk = new JsonObject()
                .put("id", "k0")
                .put("doc_id", ID)
                .put("block_ids", new JsonArray().add("b0"))
                .put("section", "s0")
                .put("start", 0)
                .put("end", SENTENCE.codePointCount(0, SENTENCE.length()))
                .put("text", SENTENCE)
                .put("tokens", 14);
        return new JsonObject().put("chunks", new JsonArray().add(chunk));
    }

    private JsonObject search(String url) {
        int from = url.contains("cursor=20") ? 20 : 0;
        boolean one = url.contains("facet=documents%3A" + ID);
        List<Integer> all =
                IntStream.range(0, 25).filter(i -> !one || i % 2 == 0).boxed().toList();
        JsonArray items = new JsonArray();
        all.stream().skip(from).limit(20).forEach(i -> items.add(hit(i)));
        JsonObject documents = new JsonObject().put(ID, 13);
        if (!one) {
            documents.put("doc-2", 12);
        }
        return new JsonObject()
                .put("items", items)
                .put("next", items.size() == 20 ? "20" : null)
                .put("total", all.size())
                .put("nearest", one ? 0 : 4)
                .put("mode", "hybrid")
                .put("facets", new JsonObject().put("documents", documents))
                .put("counts_exact", one)
                .put("warnings", new JsonArray().add("2 documents have no vectors."));
    }

    private static JsonObject hit(int i) {
        int start = goats(80) - 2;
        return new JsonObject()
                .put("doc_id", i % 2 == 0 ? ID : "doc-2")
                .put("title", i % 2 == 0 ? TITLE : "Document doc-2")
                .put("chunk_id", "k" + i)
                .put("section", "s0")
                .put("section_title", "Section 0")
                .put("start", start)
                .put("end", start + SENTENCE.codePointCount(0, SENTENCE.length()))
                .put("text", SENTENCE)
                .put("highlights", new JsonArray().add(new JsonArray().add(2).add(7)))
                .put("score", 0.03)
                .put("task_id", "t1")
                .putNull("project_id");
    }
}
