package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.StageRegistration;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PaletteTest {
    private static JsonNode palette() throws IOException {
        try (InputStream in = PaletteTest.class.getResourceAsStream("/META-INF/callboard/stages.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static JsonNode entries() throws IOException {
        return palette().path("stages");
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(element -> strings.add(element.asText()));
        return strings;
    }

    @Test
    void pluginIsFoundAsAService() {
        assertThat(ServiceLoader.load(StagePlugin.class)).hasAtLeastOneElementOfType(DocumentsPlugin.class);
    }

    @Test
    void registrationsAgreeWithThePaletteEntries() throws Exception {
        List<StageRegistration> registrations = new DocumentsPlugin().stages();
        JsonNode entries = entries();
        assertThat(entries).hasSameSizeAs(registrations);
        for (int i = 0; i < entries.size(); i++) {
            StageMetadata metadata = registrations.get(i).metadata();
            assertThat(entries.get(i).path("id").asText()).isEqualTo(metadata.stageType());
            assertThat(entries.get(i).path("description").asText()).isEqualTo(metadata.description());
            assertThat(strings(entries.get(i).path("state_key"))).isEqualTo(metadata.stateKeys());
            assertThat(strings(entries.get(i).path("dependencies"))).isEqualTo(metadata.dependencies());
        }
    }

    @Test
    void eachStagesInputIsTheOutputOfAStageBeforeIt() throws Exception {
        // The output of embed, which is a plugin of its own, is there too.
        Set<String> produced = new HashSet<>(Set.of("files", "embedding_batch"));
        for (JsonNode entry : entries()) {
            assertThat(produced).containsAll(entry.at("/ports/inputs").findValuesAsText("type"));
            produced.addAll(entry.at("/ports/outputs").findValuesAsText("type"));
        }
    }

    @Test
    void stagesRunWithTheDefaultsOfTheirSettingsSchema() throws Exception {
        TestContext context = new TestContext().file("log.txt", Fixtures.sample("harbour-log.txt"));
        Object value = context.inputs();
        Map<String, Object> outputs = new HashMap<>();
        for (JsonNode entry : entries()) {
            Map<String, Object> defaults = new HashMap<>();
            for (JsonNode setting : entry.path("settings_schema")) {
                defaults.put(
                        setting.path("key").asText(),
                        new ObjectMapper().convertValue(setting.path("default"), Object.class));
            }
            context.settings(defaults);
            value = context.runOn(value, entry.path("id").asText());
            outputs.put(entry.path("id").asText(), value);
            keep(context, entry.path("id").asText(), value);
        }
        assertThat(TestContext.list(outputs.get("chunk"))).isNotEmpty();
        assertThat(outputs.get("index"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsKey("chunks_indexed");
        assertThat(value).asInstanceOf(InstanceOfAssertFactories.MAP).containsKey("nodes_written");
    }

    @Test
    void countsAreThoseOfTheOutput() {
        List<Long> counts = new DocumentsPlugin()
                .stages().stream()
                        .map(stage -> stage.metadata().outputCounter().count(List.of("a", "b")))
                        .toList();
        assertThat(counts).containsExactly(2L, 1L, 1L, 2L, 0L, 0L, 0L);
    }

    @Test
    void entitiesClaimsAndNodesAreCounted() {
        Map<String, Object> output =
                Map.of("entities", List.of("a", "b"), "claims", List.of("c"), "nodes_written", 7, "chunks_indexed", 5);
        Map<String, Long> counts = new HashMap<>();
        new DocumentsPlugin()
                .stages()
                .forEach(stage -> counts.put(
                        stage.metadata().stageType(),
                        stage.metadata().outputCounter().count(output)));
        assertThat(counts)
                .containsEntry("extract", 3L)
                .containsEntry("knowledge-graph", 7L)
                .containsEntry("index", 5L);
    }

    @Test
    void theQuestionsAreThoseOfThePalette() throws Exception {
        assertThat(strings(palette().path("queries")))
                .containsExactlyInAnyOrderElementsOf(
                        new DocumentsPlugin().queries().keySet());
    }
}
