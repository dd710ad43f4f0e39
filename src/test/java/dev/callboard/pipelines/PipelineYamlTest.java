package dev.callboard.pipelines;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PipelineYamlTest {
    private static final String GOOD =
            """
            name: two-phase
            version: 1.0
            description: Downloads, waits, goes on.
            applicable_sources: [application/pdf, .pdf]
            metadata: {owner: docs}
            policies:
              careful: &careful {max_attempts: 3, timeout_seconds: 30}
              patient: {<<: *careful, timeout_seconds: 300}
            stages:
              - name: download
                type: download
                policy: careful
                config: {size: 3, ratio: 0.5, when: 2026-01-02, on: yes, nothing: null}
              - name: ready
                type: gate
                depends_on: [download]
                gate: pdf_ready
              - name: High-Level Approaches
                type: chunk
                depends_on: [download]
                metadata_overrides: {state_key: pieces}
            gates:
              - name: pdf_ready
                resume_stage: High-Level Approaches
                timeout_seconds: 900
                condition: {field: pdf_ready, equals: true}
            """;

    private static Pipeline good(String text) {
        PipelineYaml yaml = PipelineYaml.read(text);
        assertThat(yaml.faults()).isEmpty();
        return requireNonNull(yaml.pipeline());
    }

    private static List<String> faults(String text) {
        PipelineYaml yaml = PipelineYaml.read(text);
        assertThat(yaml.pipeline()).isNull();
        return yaml.faults().stream()
                .map(fault -> fault.line() + ":" + fault.column() + " " + fault.pointer() + " " + fault.detail())
                .toList();
    }

    @Test
    void aPipelineIsReadWithAllItSays() {
        Pipeline pipeline = good(GOOD);
        assertThat(pipeline.name()).isEqualTo("two-phase");
        assertThat(pipeline.version()).isEqualTo("1.0");
        assertThat(pipeline.applicableSources()).containsExactly("application/pdf", ".pdf");
        assertThat(pipeline.policies().get("patient")).isEqualTo(Map.of("max_attempts", 3, "timeout_seconds", 300));
        assertThat(pipeline.stages()).extracting("sortOrder").containsExactly(0, 1, 2);
        assertThat(pipeline.stages().get(0).config())
                .containsEntry("size", 3)
                .containsEntry("ratio", 0.5)
                .containsEntry("when", "2026-01-02")
                .containsEntry("on", true)
                .containsEntry("nothing", null);
        assertThat(pipeline.order().keys()).containsExactly("download", "ready", "High-Level Approaches");
        assertThat(pipeline.gates()).hasSize(1);
    }

    @Test
    void allThatIsWrongIsReportedAtOnceWithItsPlace() {
        assertThat(
                        faults(
                                """
                name: no good
                stges: []
                stages:
                  - name: a
                    type: Chunk
                    depends_on: [missing]
                    policy: fast
                  - name: a
                    config: 3
                gates:
                  - name: g
                    resume_stage: z
                    timeout_seconds: 0
                """))
                .satisfiesExactlyInAnyOrder(
                        fault -> assertThat(fault).startsWith("1:1 /name must match"),
                        fault -> assertThat(fault).startsWith("2:1 /stges is not known here"),
                        fault -> assertThat(fault).startsWith("5:5 /stages/0/type must match"),
                        fault ->
                                assertThat(fault).startsWith("6:18 /stages/0/depends_on/0 there is no stage 'missing'"),
                        fault -> assertThat(fault).startsWith("7:5 /stages/0/policy names the policy 'fast'"),
                        fault -> assertThat(fault).startsWith("8:5 /stages/1/name there is a stage 'a' already"),
                        fault -> assertThat(fault).startsWith("8:5 /stages/1/type is missing"),
                        fault -> assertThat(fault).startsWith("9:5 /stages/1/config must be an object"),
                        fault -> assertThat(fault).contains("/gates/0/condition must be given"),
                        fault -> assertThat(fault).contains("/gates/0/name no stage says gate: g"),
                        fault -> assertThat(fault).startsWith("12:5 /gates/0/resume_stage there is no stage 'z'"),
                        fault -> assertThat(fault).startsWith("13:5 /gates/0/timeout_seconds must be greater"));
    }

    @Test
    void circlesAreNamed() {
        assertThat(
                        faults(
                                """
                name: c
                stages:
                  - {name: a, type: x, depends_on: [b]}
                  - {name: b, type: x, depends_on: [a]}
                """))
                .singleElement()
                .asString()
                .contains("circle: a, b");
    }

    @Test
    void textThatIsNotYamlIsReportedWithItsPlace() {
        assertThat(faults("name: a\nstages: [\n  {name: b"))
                .singleElement()
                .asString()
                .startsWith("3:11");
        assertThat(faults("")).singleElement().asString().contains("empty");
        assertThat(faults("- 1")).singleElement().asString().contains("must be an object");
    }

    @Test
    void duplicateKeysAreRefused() {
        assertThat(faults("name: a\nname: b\nstages: [{name: s, type: t}]"))
                .singleElement()
                .asString()
                .contains("2:1", "Duplicate key");
    }

    @Test
    void noTagMakesAnObject() {
        assertThat(faults(
                        "name: a\nmetadata: {x: !!javax.script.ScriptEngineManager [1]}\nstages: [{name: s, type: t}]"))
                .isNotEmpty();
        assertThat(faults("name: a\nmetadata: {x: !!binary abcd}\nstages: [{name: s, type: t}]"))
                .singleElement()
                .asString()
                .contains("tag");
    }

    @Test
    void bombsOfAliasesAreRefused() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
        IntStream.range(1, 25).forEach(i -> laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1)));
        assertThat(faults(laughs.toString())).isNotEmpty();
        assertThat(faults("a: &a [*a]")).isNotEmpty();
        assertThat(faults("[".repeat(10_000))).isNotEmpty();
        assertThat(faults("a: " + "x".repeat(1_000_001))).isNotEmpty();
    }

    @Test
    void numbersThatSurpriseAreRefused() {
        assertThat(faults("name: a\nmetadata: {x: 0123}\nstages: [{name: s, type: t}]"))
                .singleElement()
                .asString()
                .contains("2:15", "in quotes");
        assertThat(faults("name: a\nmetadata: {x: 1.0e999}\nstages: [{name: s, type: t}]"))
                .singleElement()
                .asString()
                .contains("out of range");
    }

    @Test
    void tooManyStagesAreReportedOnceAndNoneAsNone() {
        StringBuilder many = new StringBuilder("name: a\nstages:\n");
        IntStream.range(0, 2_500).forEach(i -> many.append("  - {name: s" + i + ", type: t}\n"));
        assertThat(faults(many.toString())).singleElement().asString().contains("/stages must have at most 1000");
        assertThat(faults("name: a\nstages: []")).singleElement().asString().contains("at least one stage");
    }

    @Test
    void aWordThatYamlReadsAsSomethingElseIsReportedAsSuch() {
        assertThat(faults("name: yes\nstages: [{name: 12, type: t, depends_on: [no]}]"))
                .satisfiesExactlyInAnyOrder(
                        fault -> assertThat(fault)
                                .contains(
                                        "/name must be a text; yes, no", "are read as true or false: put it in quotes"),
                        fault -> assertThat(fault)
                                .contains("/stages/0/name must be a text; 12 is read as a number: put it in quotes"),
                        fault -> assertThat(fault).contains("/stages/0/depends_on element 0 must be a text; yes, no"));
    }
}
