package dev.callboard.pipelines;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineGatesTest {
    private static final String STAGES =
            """
            name: g
            stages:
              - {name: one, type: echo}
              - {name: wait, type: gate, depends_on: [one], gate: ready, config: {take: document}}
              - {name: two, type: echo, depends_on: [one]}
            """;

    private static Pipeline good(String text) {
        PipelineYaml yaml = PipelineYaml.read(text);
        assertThat(yaml.faults()).isEmpty();
        return requireNonNull(yaml.pipeline());
    }

    private static List<String> faults(String text) {
        return PipelineYaml.read(text).faults().stream()
                .map(fault -> fault.line() + ":" + fault.column() + " " + fault.pointer() + " " + fault.detail())
                .toList();
    }

    private static StageTemplate stage(Pipeline pipeline, String name) {
        return pipeline.stage(name).orElseThrow();
    }

    @Test
    void aGateIsMergedIntoItsStageAndWhatResumesComesAfterIt() {
        Pipeline pipeline = good(
                STAGES
                        + """
                gates:
                  - name: ready
                    resume_stage: two
                    timeout_seconds: 60
                    poll_interval_seconds: 5
                    condition: {field: ready, equals: true}
                    retry: {max_attempts: 3}
                """);
        assertThat(stage(pipeline, "wait").config())
                .containsEntry("take", "document")
                .containsEntry("timeout_seconds", 60)
                .containsEntry("poll_interval_seconds", 5)
                .containsEntry("conditions", List.of(Map.of("field", "ready", "equals", true)));
        assertThat(stage(pipeline, "wait").policy()).isEqualTo("gate-ready");
        assertThat(pipeline.policies()).containsEntry("gate-ready", Map.of("max_attempts", 3));
        assertThat(stage(pipeline, "two").dependsOn()).containsExactly("one", "wait");
        assertThat(pipeline.order().previous("two")).containsExactly("one", "wait");
    }

    @Test
    void anOwnPolicyStays() {
        Pipeline pipeline = good(
                """
                name: g
                policies: {own: {max_attempts: 2}}
                stages: [{name: wait, type: gate, gate: ready, policy: own}, {name: two, type: echo}]
                gates: [{name: ready, resume_stage: two, condition: {field: a, exists: true}, retry: {max_attempts: 9}}]
                """);
        assertThat(stage(pipeline, "wait").policy()).isEqualTo("own");
        assertThat(pipeline.policies()).containsOnlyKeys("own");
        assertThat(stage(pipeline, "two").dependsOn())
                .as("a plain list stays one")
                .isEmpty();
    }

    @Test
    void whatCannotWorkIsReportedWithItsPlace() {
        assertThat(faults(STAGES)).singleElement().asString().contains("4:", "/stages/1/gate there is no gate 'ready'");
        assertThat(faults(
                        STAGES + "gates: [{name: ready, resume_stage: nowhere, condition: {field: a, exists: true}}]"))
                .singleElement()
                .asString()
                .contains("6:", "/gates/0/resume_stage there is no stage 'nowhere'");
        assertThat(faults(STAGES + "gates: [{name: ready, resume_stage: wait, condition: {field: a, exists: true}}]"))
                .singleElement()
                .asString()
                .contains("the gate's own stage");
        assertThat(faults(STAGES + "gates: [{name: ready, resume_stage: one, condition: {field: a, exists: true}}]"))
                .singleElement()
                .asString()
                .contains("'one' comes before");
        assertThat(
                        faults(
                                """
                name: g
                stages: [{name: w, type: gate, gate: r}, {name: x, type: t}, {name: y, type: t}]
                gates: [{name: r, resume_stage: y, condition: {field: a, exists: true}}, {name: never, condition: {field: a, is: 1}}]
                """))
                .anySatisfy(fault -> assertThat(fault).contains("/gates/1/name no stage says gate: never"))
                .anySatisfy(fault -> assertThat(fault).contains("/gates/1/condition/is is not known"));
        assertThat(
                        faults(
                                """
                name: g
                stages: [{name: w, type: gate, gate: r}, {name: x, type: t}, {name: y, type: t}]
                gates: [{name: r, resume_stage: y, condition: {field: a, exists: true}}]
                """))
                .singleElement()
                .asString()
                .contains("/gates/0/resume_stage", "between them is x");
        assertThat(
                        faults(
                                """
                name: g
                stages: [{name: w, type: gate, gate: r, config: {timeout_seconds: 1}}]
                gates: [{name: r, timeout_seconds: 2, condition: {field: a, exists: true}}]
                """))
                .singleElement()
                .asString()
                .contains("/stages/0/config/timeout_seconds is given by the gate");
    }

    @Test
    void theShippedPipelinesAreRead() throws IOException {
        for (String name : List.of("auto", "dev-task", "pdf-two-phase", "web")) {
            PipelineYaml yaml = PipelineYaml.read(
                    Files.readString(Path.of("config/pipelines/" + name + ".yaml"), StandardCharsets.UTF_8));
            assertThat(yaml.faults()).as(name).isEmpty();
            assertThat(yaml.warnings()).as(name).isEmpty();
            assertThat(requireNonNull(yaml.pipeline()).name()).isEqualTo(name);
        }
    }
}
