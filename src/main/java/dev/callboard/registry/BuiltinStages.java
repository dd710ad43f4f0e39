package dev.callboard.registry;

import dev.callboard.json.Json;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageDefinitionReader;
import dev.callboard.spi.StageMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The stages, sources and sinks that the core declares: a resource, so that no code names a stage. */
final class BuiltinStages {
    private static final String RESOURCE = "/META-INF/callboard/builtin-stages.json";

    private BuiltinStages() {}

    /** All of them, by id. */
    static SortedMap<String, StageDefinition> load() {
        SortedMap<String, StageDefinition> stages = new TreeMap<>();
        try (InputStream in = BuiltinStages.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing");
            }
            Object value = Json.parse(in.readAllBytes());
            List<?> list = value instanceof Map<?, ?> map && map.get("stages") instanceof List<?> all ? all : List.of();
            for (Object element : list) {
                StageDefinitionReader.Result result = StageDefinitionReader.read(element, "");
                StageDefinition stage = result.definition();
                if (stage == null) {
                    throw new IllegalStateException("a built-in stage is wrong: " + result.violations());
                }
                stages.put(stage.id(), stage);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stages;
    }

    /** A stage whose code the server brings along must be what the resource says of it. */
    static void requireAgrees(@Nullable StageDefinition declared, StageMetadata metadata) {
        if (declared == null
                || declared.executor() != ExecutorType.JAVA
                || !declared.stateKeys().equals(metadata.stateKeys())
                || !declared.dependencies().equals(metadata.dependencies())) {
            throw new IllegalStateException(
                    "the stage '" + metadata.stageType() + "' is not what " + RESOURCE + " says of it");
        }
    }
}
