package dev.callboard.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.PluginTasks;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin keeps documents, a graph and a checkpoint, and answers a search; in the server and in a process of its own. */
@Timeout(180)
class LibraryApiTest {
    private static final String STAGES =
            "{\"queries\": [\"search\"], \"stages\": [{\"id\": \"keep\", \"name\": \"keep\", \"type\": \"stage\", \"description\":"
                    + " \"\", \"ports\": {\"inputs\": [], \"outputs\": []}, \"settings_schema\": [], \"executor\": \"java\","
                    + " \"version\": \"1.0.0\", \"dependencies\": []}]}";
    private static final String CODE =
            """
            public java.util.Map<String, java.util.function.Supplier<? extends Stage>> queries() {
                return java.util.Map.of("search", () -> Main::search);
            }
            static Object search(StageContext context, Object question) throws Exception {
                java.util.Map<?, ?> asked = (java.util.Map<?, ?>) question;
                if (asked.get("q").equals("break")) { throw new IllegalStateException("broken"); }
                if (asked.get("q").equals("refuse")) { throw StageFailure.permanent("bad_words", "Ask for something else."); }
                java.util.List<Object> items = new java.util.ArrayList<>();
                for (Library.Part part : context.library().parts("document")) {
                    if (asked.get("facets") instanceof java.util.Map<?, ?> facets && !facets.equals(
                            java.util.Map.of("lang", java.util.List.of("en", "pt")))) { continue; }
                    items.add(java.util.Map.of("doc_id", part.docId(), "title", part.facts().get("title"), "chunk_id", "c",
                            "section", "s", "start", 0, "end", 5, "text", "words", "highlights",
                            java.util.List.of(java.util.List.of(0, 5)), "score", 1.5));
                }
                return java.util.Map.of("items", items, "total", items.size(), "mode", asked.get("mode"), "facets",
                        java.util.Map.of("lang", java.util.Map.of("en", items.size())), "warnings", java.util.List.of(),
                        "nearest", items.size(), "counts_exact", false, "folder", context.folder().isPresent());
            }
            static Object keep(StageContext context) throws Exception {
                if (context.checkpoint().isEmpty()) {
                    context.keepCheckpoint(java.util.Map.of("done", 7));
                    throw StageFailure.permanent("ended_early", "The first attempt ends early.");
                }
                Library.Place place = new Library.Place(2, 5, "pattern", "exact");
                String blob = context.blobs().put(new java.io.ByteArrayInputStream("text".getBytes()));
                context.library().put(new Library.Part("doc", "document", java.util.Map.of("title", "A <title>"), blob));
                context.library().say("doc", new Library.Statements(
                        java.util.List.of(new Library.Node("gene:a b", "gene", "A & B", java.util.Map.of("n", 1)),
                                new Library.Node("gene:c", "gene", "C", java.util.Map.of())),
                        java.util.List.of(new Library.Mention("gene:c", place)),
                        java.util.List.of(new Library.Edge("gene:a b", "mentioned_with", "gene:c", place))));
                try { context.library().put(new Library.Part("", "document", java.util.Map.of(), null)); }
                catch (IllegalArgumentException e) { context.log("refused: " + e.getMessage()); }
                return java.util.Map.of("checkpoint", context.checkpoint().get("done"), "folder", context.folder().isPresent(),
                        "revision", context.library().revision(), "part",
                        context.library().part("doc", "document").get().facts(), "none",
                        context.library().part("doc", "none").isPresent());
            }
            """;

    @TempDir
    Path folder;

    private TestServer server;

    @AfterEach
    void stop() {
        server.stop();
    }

    private Reply get(String path) {
        return server.http().get(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "fork"})
    void whatAPluginKeepsIsListedSearchedDrawnAndRemoved(String isolation) throws IOException {
        PluginJars.of("Main", "keep")
                .api("1.2")
                .isolation(isolation)
                .body(CODE)
                .stagesJson(STAGES)
                .registering("new StageRegistration(StageMetadata.builder(\"keep\").build(), () -> (context, input) ->"
                        + " keep(context))")
                .write(folder.resolve("plugins"), "keep.jar");
        PluginTasks.pipeline(folder, "kept", "keep");
        server = TestServer.start(folder, java.util.Map.of("limits.plugin_load_ms", "60000"));
        PluginTasks tasks = new PluginTasks(server);
        String task = tasks.start("kept");
        tasks.until(task, "failed");
        assertThat(server.http().post("/api/tasks/" + task + "/retry", null).status())
                .isEqualTo(200);
        tasks.until(task, "completed");
        JsonNode output = tasks.output(task);
        assertThat(output.path("checkpoint").asInt()).isEqualTo(7);
        assertThat(output.path("folder").asBoolean()).isTrue();
        assertThat(output.path("revision").asLong()).isEqualTo(1);
        assertThat(output.at("/part/title").asText()).isEqualTo("A <title>");

        JsonNode document = get("/api/documents").at("/items/0");
        assertThat(document.path("doc_id").asText()).isEqualTo("doc");
        assertThat(document.path("title").asText()).isEqualTo("A <title>");
        assertThat(document.path("task_id").asText()).isEqualTo(task);
        assertThat(document.path("quality").isNull()).isTrue();
        assertThat(get("/api/blobs/" + document.at("/parts/document").asText()).text())
                .isEqualTo("text");
        assertThat(get("/api/documents/doc?project=none").at("/doc_id").asText())
                .isEqualTo("doc");
        assertThat(get("/api/documents/other").status()).isEqualTo(404);

        Reply found = get("/api/search?q=words");
        assertThat(found.at("/items/0/task_id").asText()).isEqualTo(task);
        assertThat(found.at("/mode").asText()).isEqualTo("text");
        assertThat(found.at("/warnings/0").asText()).contains("vectors");
        assertThat(found.at("/facets/lang/0/value").asText()).isEqualTo("en");
        assertThat(get("/api/search?q=words&mode=text&project=none")
                        .at("/warnings")
                        .isEmpty())
                .isTrue();
        assertThat(get("/api/search?q=words&facet=lang:en&facet=lang:pt")
                        .at("/items")
                        .size())
                .isEqualTo(1);
        assertThat(get("/api/search?q=words&facet=lang:a%26b%3Ac").at("/items").isEmpty())
                .isTrue();
        assertThat(found.at("/nearest").asInt()).isEqualTo(1);
        assertThat(found.at("/counts_exact").asBoolean(true)).isFalse();
        for (String mode : java.util.List.of("text", "vector", "hybrid")) {
            Reply blank = get("/api/search?q=%20%20&mode=" + mode);
            assertThat(blank.status()).isEqualTo(400);
            assertThat(blank.at("/code").asText()).isEqualTo("invalid_question");
            assertThat(blank.at("/errors/0/pointer").asText()).isEqualTo("/query/q");
        }
        Reply wrong = get("/api/search?q=words&facet=lang:en&facet=lang");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.at("/errors/0/pointer").asText()).isEqualTo("/query/facet/1");
        assertThat(get("/api/search?q=break&mode=text&project=none").status()).isEqualTo(503);
        assertThat(get("/api/search?q=refuse&mode=text&project=none")
                        .at("/code")
                        .asText())
                .isEqualTo("bad_words");

        drawn();
        assertThat(server.http().delete("/api/documents/doc").status()).isEqualTo(200);
        assertThat(get("/api/documents").at("/items").isEmpty()).isTrue();
        assertThat(get("/api/search?q=words").at("/items").isEmpty()).isTrue();
        assertThat(get("/api/graph").at("/nodes").isEmpty()).isTrue();
        assertThat(StreamSupport.stream(
                                get("/api/audit?kind=document.").at("/items").spliterator(), false)
                        .map(entry -> entry.path("title").asText()))
                .containsExactly("A <title>");
    }

    private void refusesTogether(String path, String pointer) {
        Reply refused = get(path);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/code").asText()).isEqualTo("invalid_request");
        assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo(pointer);
    }

    private void drawn() {
        Reply graph = get("/api/graph?node=gene:c");
        assertThat(graph.at("/nodes/0/label").asText()).isEqualTo("C");
        assertThat(graph.at("/nodes/1/facts/n").asInt()).isEqualTo(1);
        assertThat(graph.at("/edges/0/start").asInt()).isEqualTo(2);
        assertThat(get("/api/graph?name=a").at("/nodes/0/id").asText()).isEqualTo("gene:a b");
        Reply first = get("/api/graph?name=gene:&limit=1");
        assertThat(first.at("/nodes").size()).isEqualTo(1);
        assertThat(first.at("/total").asInt()).isEqualTo(2);
        assertThat(get("/api/graph?name=!").at("/errors/0/pointer").asText()).isEqualTo("/query/name");
        refusesTogether("/api/graph?name=a&node=gene:c", "/query/name");
        refusesTogether("/api/graph?name=a&depth=2", "/query/depth");
        refusesTogether("/api/graph?depth=2", "/query/depth");
        assertThat(get("/api/graph/path?from=gene:c&to=gene:a%20b").at("/nodes").size())
                .isEqualTo(2);
        assertThat(get("/api/graph?node=gene:x").at("/code").asText()).isEqualTo("unknown_node");
        assertThat(get("/api/graph/export?format=graphml").text())
                .contains(
                        "<node id=\"gene:a b\"><data key=\"type\">gene</data><data key=\"label\">A &amp; B</data></node>")
                .contains("<edge source=\"gene:a b\" target=\"gene:c\">")
                .endsWith("</graphml>\n");
        assertThat(get("/api/graph/export?format=turtle").text())
                .contains("<urn:callboard:node:gene%3Aa%20b> cb:type \"gene\" ; rdfs:label \"A & B\" .")
                .contains("cb:start 2 ; cb:end 5");
        JsonNode linked = get("/api/graph/export?format=jsonld").json().path("@graph");
        assertThat(linked).hasSize(4);
        assertThat(linked.get(3).path("subject").asText()).isEqualTo("urn:callboard:node:gene%3Aa%20b");
    }
}
