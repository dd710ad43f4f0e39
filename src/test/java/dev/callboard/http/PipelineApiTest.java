package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pipelines as clients write and read them. */
class PipelineApiTest extends PipelineApiFixture {
    @Test
    void yamlIsKeptAsItCame() throws IOException {
        Reply created = putYaml("mine", yaml("mine", "size: 4"));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.at("/ok").asBoolean()).isTrue();
        assertThat(created.at("/revision").asLong()).isEqualTo(1);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(file("mine.yaml")).hasContent(yaml("mine", "size: 4").strip());
        Reply text = server.http().get("/api/pipelines/mine", "Accept", "application/yaml");
        assertThat(text.header("Content-Type")).startsWith("application/yaml");
        assertThat(text.text()).isEqualTo(yaml("mine", "size: 4"));
        assertThat(server.http()
                        .get(
                                "/api/pipelines/mine",
                                "Accept",
                                "application/json",
                                "If-None-Match",
                                String.valueOf(text.header("ETag")))
                        .status())
                .as("the text is not the JSON of the same revision")
                .isEqualTo(200);
        assertThat(put("mine", yaml("mine", "size: 5"), "Content-Type", "application/yaml", "If-None-Match", "*")
                        .status())
                .as("it is there already")
                .isEqualTo(412);
        assertThat(get("mine").at("/stages/0/config/size").asInt()).isEqualTo(4);
        Reply json = get("mine");
        assertThat(json.header("ETag")).isEqualTo("\"1\"");
        assertThat(json.at("/stages/0/config/size").asInt()).isEqualTo(4);
        assertThat(json.at("/available").asBoolean()).isTrue();
        assertThat(server.http()
                        .get("/api/pipelines/mine", "If-None-Match", "\"1\"")
                        .status())
                .isEqualTo(304);

        assertThat(putYaml("mine", yaml("mine", "size: 4")).at("/revision").asLong())
                .as("the same again changes nothing")
                .isEqualTo(1);
        Reply changed = putYaml("mine", yaml("mine", "size: 5"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.at("/revision").asLong()).isEqualTo(2);
    }

    @Test
    void jsonIsWrittenAsTextThatPeopleCanEdit() throws IOException {
        Map<String, Object> stage = Map.of("name", "one: #1", "type", "echo", "config", Map.of("word", "yes"));
        Reply created = put("json", Map.of("name", "json", "version", "1.10", "stages", List.of(stage)));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(Files.readString(file("json.yaml"))).contains("stages:").doesNotContain("{");
        JsonNode read = get("json").json();
        assertThat(read.at("/version").asText()).isEqualTo("1.10");
        assertThat(read.at("/stages/0/name").asText()).isEqualTo("one: #1");
        assertThat(read.at("/stages/0/config/word").asText()).isEqualTo("yes");
        Reply again = put("json", read.get("definition").toString(), "Content-Type", "application/json");
        assertThat(again.status())
                .as("what was read can be sent back: " + again)
                .isEqualTo(200);
        assertThat(again.at("/revision").asLong()).isEqualTo(1);
    }

    @Test
    void ofTwoWritersOneWins() {
        putYaml("mine", yaml("mine", "size: 1"));
        List<CompletableFuture<Integer>> writers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> put(
                                "mine",
                                yaml("mine", "word: w" + i),
                                "Content-Type",
                                "application/yaml",
                                "If-Match",
                                "\"1\"")
                        .status()))
                .toList();
        assertThat(writers.stream().map(CompletableFuture::join).filter(status -> status == 200))
                .hasSize(1);
        assertThat(writers.stream().map(CompletableFuture::join).filter(status -> status == 412))
                .hasSize(7);
        assertThat(get("mine").at("/revision").asLong()).isEqualTo(2);
        assertThat(server.http()
                        .delete("/api/pipelines/mine", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(put("new", yaml("new", ""), "Content-Type", "application/yaml", "If-Match", "\"3\"")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void aWriteIsDoneOnceForAKey() {
        String[] headers = {"Content-Type", "application/yaml", "Idempotency-Key", "k1"};
        Reply first = put("mine", yaml("mine", "size: 1"), headers);
        Reply again = put("mine", yaml("mine", "size: 1"), headers);
        assertThat(again.status()).isEqualTo(201).isEqualTo(first.status());
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(put("mine", yaml("mine", "size: 2"), headers).status()).isEqualTo(409);
    }

    @Test
    void aWriteThatCannotReachTheDiskChangesNothing() throws IOException {
        putYaml("mine", yaml("mine", "size: 4"));
        // Where the temporary file would go stands a folder.
        Files.createDirectories(file("mine.yaml.tmp").resolve("full"));
        Reply failed = putYaml("mine", yaml("mine", "size: 5"));
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.code()).isEqualTo("not_stored");
        assertThat(file("mine.yaml")).hasContent(yaml("mine", "size: 4").strip());
        assertThat(get("mine").at("/revision").asLong()).isEqualTo(1);
        Files.delete(file("mine.yaml.tmp").resolve("full"));
        Files.delete(file("mine.yaml.tmp"));
        assertThat(putYaml("mine", yaml("mine", "size: 5")).status()).isEqualTo(200);
    }

    @Test
    void aPipelineThatIsRemovedCanBeMadeAgain() {
        putYaml("mine", yaml("mine", "size: 4"));
        Reply removed = server.http().delete("/api/pipelines/mine");
        assertThat(removed.status()).isEqualTo(200);
        assertThat(removed.at("/revision").asLong()).isEqualTo(2);
        assertThat(file("mine.yaml")).doesNotExist();
        assertThat(get("mine").status()).isEqualTo(404);
        assertThat(server.http().delete("/api/pipelines/mine").code()).isEqualTo("unknown_pipeline");
        Reply again = putYaml("mine", yaml("mine", "size: 4"));
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.at("/revision").asLong()).isEqualTo(3);
    }
}
