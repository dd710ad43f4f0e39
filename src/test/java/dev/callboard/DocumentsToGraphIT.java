package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Patience;
import dev.callboard.testing.Tasks;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar as it is delivered: from files to passages that are found, and to a graph, by the shipped pipeline {@code auto}. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the model's native library is there for Linux alone")
class DocumentsToGraphIT {
    private static final Path SHARED = Path.of("..", "shared", "documents");
    private static final String[] STAGES = {"ingest", "parse", "chunk", "embed", "index", "extract", "knowledge-graph"};

    @TempDir
    Path folder;

    private static List<Object> files(Tasks tasks, Path from) throws IOException {
        List<Object> input = new ArrayList<>();
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.sorted().toList()) {
                if (!file.toString().endsWith(".md")) {
                    input.add(Map.of(
                            "blob",
                            tasks.blob(Files.readAllBytes(file), "application/octet-stream"),
                            "name",
                            file.getFileName().toString()));
                }
            }
        }
        return input;
    }

    private static JsonNode search(Http http, String words, String mode) {
        return http.get("/api/search?mode=" + mode + "&q=" + URLEncoder.encode(words, StandardCharsets.UTF_8))
                .json();
    }

    private static long nodes(Http http) {
        return http.get("/api/graph").at("/total").asLong();
    }

    private static long edges(Http http) {
        return http.get("/api/graph/export?format=graphml")
                .text()
                .lines()
                .filter(line -> line.startsWith("<edge "))
                .count();
    }

    @Test
    void textsAreFoundByWordsAndByMeaningUntilTheyAreRemoved() throws Exception {
        try (JarProcess server = JarProcess.serveAsDelivered(folder)) {
            Http http = server.http();
            Tasks tasks = new Tasks(http);
            tasks.awaitStages(STAGES);
            assertThat(search(http, "anything", "hybrid").path("items").isEmpty())
                    .isTrue();
            tasks.until(
                    tasks.start(
                            "auto",
                            Map.of(
                                    "text",
                                    "Goats and sheep were vaccinated (NCT01234567) before the rains.",
                                    "name",
                                    "goats.txt"),
                            Map.of(
                                    "text",
                                    "The lighthouse keeper wound the clock every evening.",
                                    "name",
                                    "light.txt")),
                    "completed");
            JsonNode byWords = search(http, "vaccinated goats", "text");
            assertThat(byWords.at("/items/0/text").asText()).startsWith("Goats and sheep");
            assertThat(byWords.at("/items/0/highlights").isEmpty()).isFalse();
            // No word of it is in the text.
            JsonNode byMeaning = search(http, "immunisation of livestock", "vector");
            assertThat(byMeaning.at("/items/0/text").asText()).startsWith("Goats and sheep");
            assertThat(byMeaning.path("warnings").isEmpty()).isTrue();
            JsonNode nonsense = search(http, "qwrtzp xkcdv", "hybrid");
            assertThat(nonsense.path("total").asInt()).isEqualTo(2);
            assertThat(nonsense.path("nearest").asInt()).isEqualTo(2);
            assertThat(nonsense.path("counts_exact").asBoolean()).isTrue();
            for (String mode : List.of("text", "vector", "hybrid")) {
                assertThat(search(http, "!!!", mode).path("total").asInt(-1)).isZero();
                assertThat(search(http, " ", mode).path("code").asText()).isEqualTo("invalid_question");
            }
            JsonNode listed = http.get("/api/documents?q=GOATS.txt").at("/items");
            assertThat(listed).hasSize(1);
            assertThat(listed.get(0).path("complete").asBoolean()).isTrue();
            for (String nameOrFigure : List.of("valid", "true", "sha256", "media_type")) {
                assertThat(http.get("/api/documents?q=" + nameOrFigure).at("/items"))
                        .as(nameOrFigure)
                        .isEmpty();
            }
            assertThat(http.get("/api/graph?node=trial:NCT01234567")
                            .at("/nodes")
                            .size())
                    .isGreaterThan(1);
            String document = byWords.at("/items/0/doc_id").asText();
            String facets = "&facet=media_types:application/pdf&facet=media_types:text/plain&facet=documents:";
            JsonNode other = search(http, "goats evening", "hybrid" + facets + document);
            assertThat(other.path("total").asInt()).isEqualTo(1);
            assertThat(other.at("/items/0/doc_id").asText()).isEqualTo(document);
            assertThat(other.at("/items/0/media_type").asText()).isEqualTo("text/plain");
            assertThat(other.at("/facets/documents").size()).isEqualTo(1);
            assertThat(http.get("/api/search?q=goats&facet=colours:red")
                            .at("/detail")
                            .asText())
                    .contains("There is no facet 'colours'");
            assertThat(http.get("/api/graph?name=nct0123").at("/nodes/0/id").asText())
                    .isEqualTo("trial:NCT01234567");
            assertThat(http.get("/api/vp/stages/parse/schemas/document-ir")
                            .at("/title")
                            .asText())
                    .isEqualTo("Document IR");
            assertThat(http.delete("/api/documents/" + document).status()).isEqualTo(200);
            assertThat(search(http, "vaccinated goats", "hybrid").path("items").findValuesAsText("doc_id"))
                    .isNotEmpty()
                    .doesNotContain(document);
            assertThat(http.get("/api/graph?node=trial:NCT01234567").status()).isEqualTo(404);
        }
    }

    @Test
    void everySharedDocumentGoesToTheGraphAndTwiceIsOnce() throws Exception {
        assumeTrue(Files.isDirectory(SHARED), "there is no folder " + SHARED);
        try (JarProcess server = JarProcess.serveAsDelivered(folder)) {
            Http http = server.http();
            Tasks tasks = new Tasks(http);
            tasks.awaitStages(STAGES);
            List<Object> input = files(tasks, SHARED);
            String first = tasks.start(Map.of("pipeline", "auto", "input", input));
            tasks.until(first, "completed", Patience.LONG);
            long nodes = nodes(http);
            long edges = edges(http);
            JsonNode receipt = tasks.output(first, "index").path("index");
            assertThat(receipt.path("documents").asInt()).isEqualTo(input.size());
            assertThat(http.get("/api/documents").at("/items").size()).isEqualTo(input.size());
            assertThat(nodes).isGreaterThan(200);
            for (String mode : List.of("text", "vector", "hybrid")) {
                assertThat(search(http, "Rift Valley fever goats", mode)
                                .at("/items/0/title")
                                .asText())
                        .as(mode)
                        .startsWith("Serological Evidence of Rift Valley Fever Virus Circulation");
            }
            String second = tasks.start(Map.of("pipeline", "auto", "input", input));
            tasks.until(second, "completed", Patience.LONG);
            assertThat(tasks.output(second, "index").path("index")).isEqualTo(receipt);
            assertThat(nodes(http)).isEqualTo(nodes);
            assertThat(edges(http)).isEqualTo(edges);
            assertThat(http.get("/api/documents").at("/items").size()).isEqualTo(input.size());
            assertThat(tasks.output(second, "embed").path("blob"))
                    .isEqualTo(tasks.output(first, "embed").path("blob"));
            String trial = "trial:NCT02576665";
            assertThat(http.get("/api/graph?node=" + trial).at("/nodes/0/type").asText())
                    .isEqualTo("trial");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"removed", "damaged"})
    void anIndexThatIsGoneOrDamagedIsMadeAgain(String what) throws Exception {
        Path index = folder.resolve("data/plugin-data/documents/shared/index");
        try (JarProcess server = JarProcess.serveAsDelivered(folder)) {
            Tasks tasks = new Tasks(server.http());
            tasks.awaitStages(STAGES);
            tasks.until(
                    tasks.start("auto", Map.of("text", "Herring gulls follow the trawler.", "name", "a.txt")),
                    "completed");
            assertThat(server.terminate(60)).isZero();
        }
        try (Stream<Path> files = Files.list(index)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (what.equals("removed")) {
                    Files.delete(file);
                } else {
                    byte[] bytes = Files.readAllBytes(file);
                    for (int i = 0; i < bytes.length; i += 7) {
                        bytes[i] ^= 0x55;
                    }
                    Files.write(file, bytes);
                }
            }
        }
        try (JarProcess server = JarProcess.serveAsDelivered(folder)) {
            new Tasks(server.http()).awaitStages(STAGES);
            for (String mode : List.of("text", "vector")) {
                assertThat(search(server.http(), "gulls", mode)
                                .at("/items/0/text")
                                .asText())
                        .isEqualTo("Herring gulls follow the trawler.");
            }
        }
    }
}
