package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Files that were read wrongly once, which are not part of this repository: found in {@code ../shared/faults/inputs} beside it, or
 * where the system property {@code callboard.faults} says; skipped where there are none. {@code expect.json} says of each what must
 * and must not be in text, title or references.
 */
class FaultInputsTest {
    private static final Path FOLDER = Path.of(System.getProperty("callboard.faults", "../../../shared/faults/inputs"));

    /** Not in the file, whatever its charset: a quotation stands between the dash and the word. */
    private static final Map<String, String> CORRECTED = Map.of("– café", "– “fair”");

    @TestFactory
    Stream<DynamicTest> filesThatWereReadWrongly() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "no folder of faulty inputs");
        JsonNode expected = new ObjectMapper().readTree(Files.readAllBytes(FOLDER.resolve("expect.json")));
        return expected.properties().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getKey(), entry.getValue())));
    }

    private static void check(String name, JsonNode expected) throws Exception {
        TestContext context = new TestContext().file(name, Files.readAllBytes(FOLDER.resolve(name)));
        Object output;
        try {
            output = context.run("ingest", "parse", "ir-validation");
        } catch (StageFailure failure) {
            assertThat(expected.path("status").asText("completed"))
                    .as(failure.getMessage())
                    .isEqualTo("failed");
            assertThat(failure.getMessage()).startsWith(name + " ").endsWith(".");
            return;
        }
        assertThat(expected.path("status").asText("completed")).isEqualTo("completed");
        List<Map<String, Object>> documents =
                output instanceof List<?> ? TestContext.list(output) : List.of(one(output));
        String all =
                String.join("\n", documents.stream().map(FaultInputsTest::words).toList());
        expected.path("must")
                .forEach(words -> assertThat(all).contains(CORRECTED.getOrDefault(words.asText(), words.asText())));
        expected.path("must_not").forEach(words -> assertThat(all).doesNotContain(words.asText()));
        if (expected.has("title")) {
            assertThat(documents.get(0))
                    .containsEntry("title", expected.path("title").asText());
        }
        assertThat(TestContext.list(context.runOn(output, "chunk"))).isNotEmpty();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> one(Object output) {
        return (Map<String, Object>) output;
    }

    private static String words(Map<String, Object> document) {
        List<String> words = new ArrayList<>();
        words.add((String) document.get("title"));
        words.add((String) document.get("text"));
        TestContext.list(document.get("refs")).forEach(reference -> words.add((String) reference.get("text")));
        return String.join("\n", words).replaceAll("\\s+", " ");
    }
}
