package dev.callboard.pipelines;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeprecatedPipelineTest {
    @Test
    void aFileFromBeforePluginsIsReadWithAWarningForEachOldKey() throws IOException {
        PipelineYaml yaml = PipelineYaml.read(
                Files.readString(Path.of("src/test/resources/pipelines/before-plugins.yaml"), StandardCharsets.UTF_8));
        assertThat(yaml.faults()).isEmpty();
        Pipeline pipeline = requireNonNull(yaml.pipeline());
        assertThat(pipeline.applicableSources()).containsExactly("text");
        assertThat(pipeline.stages().get(0).type()).isEqualTo("echo");
        assertThat(pipeline.stages().get(0).config()).containsEntry("a", 1);
        assertThat(pipeline.stages().get(1).dependsOn()).containsExactly("first");
        assertThat(pipeline.policies())
                .containsEntry("careful", Map.of("max_attempts", 3, "backoff", "linear", "timeout_seconds", 30))
                .containsEntry("twice", Map.of("max_attempts", 2));
        assertThat(yaml.warnings())
                .extracting(Fault::pointer)
                .containsExactlyInAnyOrder(
                        "/sources",
                        "/plugins/stages/0/callable",
                        "/policies/careful/retry",
                        "/policies/twice/retries",
                        "/stages/0/stage_type",
                        "/stages/0/settings",
                        "/stages/1/stage_type",
                        "/stages/1/dependencies");
        assertThat(yaml.warnings()).allSatisfy(warning -> {
            assertThat(warning.line()).isGreaterThan(3);
            assertThat(warning.detail()).contains("deprecated", "version 1.0");
        });
        assertThat(yaml.warnings().stream().filter(warning -> warning.pointer().equals("/stages/0/stage_type")))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.line()).isEqualTo(16);
                    assertThat(warning.detail()).contains("'stage_type'", "'type'");
                });
    }

    @Test
    void anOldKeyBesideItsNewOneIsRefused() {
        PipelineYaml yaml = PipelineYaml.read("name: a\nstages: [{name: s, type: t, stage_type: u}]");
        assertThat(yaml.pipeline()).isNull();
        assertThat(yaml.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo("/stages/0/stage_type");
            assertThat(fault.detail()).contains("keep one");
        });
    }
}
