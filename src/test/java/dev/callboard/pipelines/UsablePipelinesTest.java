package dev.callboard.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.palette.StageResolver;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was found good is not checked again until something has changed. */
class UsablePipelinesTest {
    private static final String TEXT = "{\"name\": \"p\", \"stages\": [{\"name\": \"One\", \"type\": \"gate\"}]}";

    private Object palette = new Object();
    private Object loaded = new Object();
    private final UsablePipelines usable = new UsablePipelines(
            new StageResolver() {
                @Override
                public Optional<Resolved> resolve(String stageType) {
                    return Optional.empty();
                }

                @Override
                public Object version() {
                    return palette;
                }
            },
            new PluginCatalog() {
                @Override
                public List<Plugin> loaded() {
                    return List.of();
                }

                @Override
                public Optional<Plugin> ofClass(String className) {
                    return Optional.empty();
                }

                @Override
                public Object version() {
                    return loaded;
                }
            });

    private static PipelineFile file() {
        return PipelineFile.of("p.yaml", PipelineYaml.read(TEXT), TEXT, null);
    }

    private static Pipeline of(PipelineFile file) {
        return Objects.requireNonNull(file.pipeline());
    }

    @Test
    void oneThatWasCheckedIsKnownUntilItsFileThePaletteOrThePluginsChange() {
        PipelineFile file = file();
        assertThat(usable.find(file)).isEmpty();
        assertThat(usable.make(file, () -> of(file))).isSameAs(file.pipeline());
        assertThat(usable.find(file)).contains(of(file));

        assertThat(usable.find(file())).isEmpty();
        palette = new Object();
        assertThat(usable.find(file)).isEmpty();
        usable.make(file, () -> of(file));
        assertThat(usable.find(file)).isPresent();
        loaded = new Object();
        assertThat(usable.find(file)).isEmpty();
    }

    @Test
    void whatChangesDuringACheckIsCheckedAgain() {
        PipelineFile file = file();
        usable.make(file, () -> {
            palette = new Object();
            return of(file);
        });
        assertThat(usable.find(file)).isEmpty();
    }

    @Test
    void oneThatIsRefusedIsCheckedAgain() {
        PipelineFile file = file();
        assertThatThrownBy(() -> usable.make(file, () -> {
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
        assertThat(usable.find(file)).isEmpty();
    }
}
