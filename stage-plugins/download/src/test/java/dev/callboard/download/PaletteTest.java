package dev.callboard.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.net.AddressRules;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
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

    private static Map<String, Object> defaults(JsonNode schema) {
        Map<String, Object> defaults = new HashMap<>();
        for (JsonNode setting : schema) {
            defaults.put(setting.path("key").asText(), JSON.convertValue(setting.path("default"), Object.class));
        }
        return defaults;
    }

    @Test
    void pluginIsFoundAsAService() {
        assertThat(ServiceLoader.load(StagePlugin.class)).hasAtLeastOneElementOfType(DownloadPlugin.class);
    }

    @Test
    void theRegistrationAgreesWithThePaletteEntry() throws Exception {
        StageMetadata metadata = new DownloadPlugin().stages().get(0).metadata();
        JsonNode entry = file().path("stages").path(0);
        assertThat(file().path("stages")).hasSize(1);
        assertThat(entry.path("id").asText()).isEqualTo(metadata.stageType()).isEqualTo("download");
        assertThat(entry.path("description").asText()).isEqualTo(metadata.description());
        assertThat(entry.at("/state_key/0").asText())
                .isEqualTo(metadata.stateKeys().get(0))
                .isEqualTo("downloaded_files");
        assertThat(metadata.dependencies()).isEmpty();
    }

    @Test
    void theDefaultsOfBothSchemasAreThoseOfTheCode() throws Exception {
        TestContext context = new TestContext();
        context.settings(defaults(file().path("stages").path(0).path("settings_schema")));
        context.pluginSettings(defaults(file().path("settings_schema")));
        assertThat(DownloadSettings.from(context.settings())).isEqualTo(DownloadSettings.from(Map.of()));
        OperatorSettings written = OperatorSettings.from(context.pluginSettings(), AddressRules.PUBLIC);
        OperatorSettings own = OperatorSettings.from(Map.of(), AddressRules.PUBLIC);
        assertThat(written.userAgent()).isEqualTo(own.userAgent());
        assertThat(written.connectTimeout()).isEqualTo(own.connectTimeout());
        assertThat(written.idleTimeout()).isEqualTo(own.idleTimeout());
        try (TestServer server = new TestServer()) {
            assertThat(context.error(server.url("/")).get("code")).isEqualTo("address_refused");
            assertThat(server.connections).hasValue(0);
        }
    }
}
