package dev.callboard.embed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.embed.endpoint.EndpointConfig;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.StageRegistration;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class PaletteTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode file() throws IOException {
        try (InputStream in = PaletteTest.class.getResourceAsStream("/META-INF/callboard/stages.json")) {
            return JSON.readTree(in);
        }
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(element -> strings.add(element.asText()));
        return strings;
    }

    private static Map<String, Object> defaults() throws IOException {
        Map<String, Object> defaults = new HashMap<>();
        for (JsonNode setting : file().path("settings_schema")) {
            if (setting.has("default")) {
                defaults.put(setting.path("key").asText(), JSON.convertValue(setting.path("default"), Object.class));
            }
        }
        return defaults;
    }

    @Test
    void pluginIsFoundAsAService() {
        assertThat(ServiceLoader.load(StagePlugin.class)).hasAtLeastOneElementOfType(EmbedPlugin.class);
    }

    @Test
    void theRegistrationAgreesWithThePaletteEntry() throws Exception {
        List<StageRegistration> stages = new EmbedPlugin().stages();
        assertThat(stages).hasSize(1);
        assertThat(file().path("stages")).hasSize(1);
        StageMetadata metadata = stages.get(0).metadata();
        JsonNode entry = file().path("stages").path(0);
        assertThat(entry.path("id").asText()).isEqualTo(metadata.stageType()).isEqualTo("embed");
        assertThat(entry.path("description").asText()).isEqualTo(metadata.description());
        assertThat(strings(entry.path("state_key"))).isEqualTo(metadata.stateKeys());
        assertThat(strings(entry.path("dependencies"))).isEqualTo(metadata.dependencies());
        assertThat(strings(file().path("queries")))
                .isEqualTo(List.copyOf(new EmbedPlugin().queries().keySet()));
    }

    @Test
    void theCountIsThatOfTheVectors() {
        StageMetadata metadata = new EmbedPlugin().stages().get(0).metadata();
        assertThat(metadata.outputCounter().count(Map.of("dimensions", 384, "vectors", List.of("a", "b"))))
                .isEqualTo(2);
    }

    @Test
    void theDefaultsOfTheSettingsSchemaAreThoseOfTheCode() throws Exception {
        assertThat(EndpointConfig.from(defaults())).isEmpty();
        Map<String, Object> few = Map.of("url", "https://models.example.org/v1", "model", "m");
        Map<String, Object> all = defaults();
        all.putAll(few);
        assertThat(EndpointConfig.from(all)).isEqualTo(EndpointConfig.from(few));
        assertThat(EndpointConfig.from(all).orElseThrow().timeout()).isEqualTo(Duration.ofSeconds(60));
    }
}
