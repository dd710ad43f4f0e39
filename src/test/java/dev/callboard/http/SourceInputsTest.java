package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Reply;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pipeline's sources say what a task may be given, over the API too. */
class SourceInputsTest extends PipelineApiFixture {
    private static final Map<String, Object> TEXT = Map.of("text", "hello");
    private static final Map<String, Object> URL = Map.of("url", "https://example.org/a.html");

    private void pipeline(String name, List<String> applicable, String... sources) {
        List<Object> list = Arrays.stream(sources)
                .map(type -> (Object) Map.of(
                        "name",
                        "by " + type,
                        "type",
                        type,
                        "config",
                        type.equals("schedule") ? Map.of("cron", "0 3 * * *") : Map.of()))
                .toList();
        assertThat(put(
                                name,
                                Map.of(
                                        "sources",
                                        list,
                                        "applicable_sources",
                                        applicable,
                                        "stages",
                                        List.of(Map.of("name", "one", "type", "echo"))))
                        .status())
                .isEqualTo(201);
    }

    private Map<String, Object> blob() {
        Reply stored = server.http().post("/api/blobs", "hello", "Content-Type", "text/plain");
        return Map.of("blob", stored.at("/sha256").asText());
    }

    private Reply task(String pipeline, List<?> input) {
        Map<String, Object> body = new HashMap<>(Map.of("title", "T", "input", input));
        if (!pipeline.isEmpty()) {
            body.put("pipeline", pipeline);
        }
        return server.http().post("/api/tasks", body);
    }

    @ParameterizedTest
    @CsvSource({"files, blob, files ({blob})", "text, text, texts ({text})", "urls, url, addresses ({url})"})
    void onlyWhatASourceTakesMayBeGiven(String source, String member, String words) {
        pipeline("given", List.of(), source);
        for (Map<String, Object> input : List.of(blob(), TEXT, URL)) {
            Reply reply = task("given", List.of(input));
            if (input.containsKey(member)) {
                assertThat(reply.status()).as(reply.text()).isEqualTo(201);
            } else {
                assertThat(reply.status()).as(reply.text()).isEqualTo(400);
                assertThat(reply.at("/code").asText()).isEqualTo("invalid_task");
                assertThat(reply.at("/errors/0/pointer").asText())
                        .isEqualTo("/input/0/" + input.keySet().iterator().next());
                assertThat(reply.at("/errors/0/detail").asText()).contains("'given'", "take " + words);
            }
        }
        assertThat(task("given", List.of()).status()).isEqualTo(201);
    }

    @Test
    void eachInputThatIsNotTakenIsReportedAndSeveralSourcesTakeSeveralKinds() {
        pipeline("both", List.of(), "files", "urls");
        assertThat(task("both", List.of(blob(), URL)).status()).isEqualTo(201);
        Reply refused = task("both", List.of(TEXT, URL, TEXT));
        assertThat(refused.at("/errors")).hasSize(2);
        assertThat(refused.at("/errors/1/pointer").asText()).isEqualTo("/input/2/text");
        assertThat(refused.at("/errors/0/detail").asText()).contains("files ({blob}) or addresses ({url})");
    }

    @Test
    void whatStartsByItselfIsGivenNothing() {
        pipeline("nightly", List.of(), "schedule");
        Reply refused = task("nightly", List.of(TEXT));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/detail").asText()).contains("start it by themselves, by schedule");
        assertThat(task("nightly", List.of()).status()).isEqualTo(201);
    }

    @Test
    void onlyAPipelineThatTakesItIsChosen() {
        pipeline("a-files", List.of(".odd"), "files");
        pipeline("b-any", List.of(".odd"));
        Reply chosen = task("", List.of(Map.of("text", "hello", "name", "a.odd")));
        assertThat(chosen.at("/pipeline").asText()).as(chosen.text()).isEqualTo("b-any");
    }
}
