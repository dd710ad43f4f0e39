package dev.callboard.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callboard.problem.Violation;
import dev.callboard.spi.StageFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OutputSchemaTest {
    @Test
    void jsonIsFoundInWhatModelsWrite() throws Exception {
        OutputSchema schema = OutputSchema.of(Map.of());
        String json = "{\"text\": \"```\"}";
        for (String answer : List.of(
                json,
                " \n" + json + "\n",
                "```json\n" + json + "\n```",
                "```\n" + json,
                "Sure:\n```JSON\n" + json + "\n```\nMore:\n```json\n{}\n```")) {
            assertThat(schema.read(answer)).isEqualTo(new OutputSchema.Reading(Map.of("text", "```"), List.of()));
        }
        assertThat(schema.read("[1]").value()).isEqualTo(List.of(1));
    }

    @Test
    void whatIsNoStrictJsonIsAViolation() throws Exception {
        OutputSchema schema = OutputSchema.of(Map.of());
        for (String answer : List.of(
                "",
                "no",
                "{",
                "{'a': 1}",
                "{\"a\": 1, \"a\": 2}",
                "{} {}",
                "{\"a\": 1,}",
                "{\"a\": NaN}",
                "```json\n```")) {
            assertThat(schema.read(answer).violations())
                    .as(answer)
                    .hasSize(1)
                    .first()
                    .satisfies(violation -> assertThat(violation.detail()).startsWith("It is not JSON: "));
        }
    }

    @Test
    void violationsHaveAPlaceAndASentence() throws Exception {
        assertThat(OutputSchema.of(Requests.SCHEMA).read("{\"title\": 7}").violations())
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("", "/title");
    }

    @Test
    void schemasOfEarlierDraftsAreKnown() throws Exception {
        OutputSchema schema = OutputSchema.of(Map.of(
                "$schema", "http://json-schema.org/draft-07/schema#", "items", List.of(Map.of("type", "string"))));
        assertThat(schema.read("[\"a\"]").violations()).isEmpty();
        assertThat(schema.read("[1]").violations()).hasSize(1);
    }

    @Test
    void nothingIsReadFromElsewhere() {
        for (String ref : List.of(
                "https://example.org/schema.json",
                "file:///etc/hostname",
                "classpath:openapi.yaml",
                "jar:file:/a.jar!/b",
                "other.json",
                "#/missing",
                "#")) {
            StageFailure failure = catchThrowableOfType(StageFailure.class, () -> OutputSchema.of(Map.of("$ref", ref))
                    .read("{}"));
            assertThat(failure).as(ref).isNotNull();
            assertThat(failure.code()).isEqualTo("invalid_schema");
        }
    }

    @Test
    @Timeout(20)
    void patternsTakeLinearTime() throws Exception {
        OutputSchema schema = OutputSchema.of(Map.of("pattern", "^(a+)+$"));
        long start = System.nanoTime();
        assertThat(schema.read('"' + "a".repeat(100_000) + "b\"").violations()).hasSize(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        for (String pattern : List.of("(?=a)", "(", "a".repeat(1_001))) {
            assertThat(catchThrowableOfType(StageFailure.class, () -> OutputSchema.of(Map.of("pattern", pattern))
                                    .read("\"a\""))
                            .code())
                    .isEqualTo("invalid_schema");
        }
    }
}
