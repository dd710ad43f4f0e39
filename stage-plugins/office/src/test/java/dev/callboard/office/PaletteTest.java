package dev.callboard.office;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.testing.RecordingStageContext;
import java.io.InputStream;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class PaletteTest {
    @Test
    void theRegistrationAgreesWithThePaletteEntry() throws Exception {
        assertThat(ServiceLoader.load(StagePlugin.class)).hasAtLeastOneElementOfType(OfficePlugin.class);
        try (InputStream in = PaletteTest.class.getResourceAsStream("/META-INF/callboard/stages.json")) {
            JsonNode entry = new ObjectMapper().readTree(in).at("/stages/0");
            StageMetadata metadata = new OfficePlugin().stages().get(0).metadata();
            assertThat(entry.path("id").asText()).isEqualTo(metadata.stageType());
            assertThat(entry.path("description").asText()).isEqualTo(metadata.description());
            assertThat(entry.at("/state_key/0").asText())
                    .isEqualTo(metadata.stateKeys().get(0));
            assertThat(entry.at("/dependencies/0").asText())
                    .isEqualTo(metadata.dependencies().get(0));
            RecordingStageContext context = new RecordingStageContext();
            entry.path("settings_schema")
                    .forEach(setting -> context.setting(
                            setting.path("key").asText(),
                            new ObjectMapper().convertValue(setting.path("default"), Object.class)));
            Map<String, Object> document =
                    Zip.read(context, Zip.docx(Zip.p("", Zip.r("Words."))).bytes());
            assertThat(document).containsEntry("text", "Words.");
        }
    }
}
