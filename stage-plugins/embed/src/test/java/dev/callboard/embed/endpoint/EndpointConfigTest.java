package dev.callboard.embed.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.spi.StageFailure;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointConfigTest {
    private static Map<String, Object> settings() {
        return new HashMap<>(Map.of("url", "https://models.example.org/v1/", "model", "m", "api_key", "secret"));
    }

    @Test
    void theAddressEndsInEmbeddingsAndTheKeyIsNotShown() throws Exception {
        EndpointConfig config = EndpointConfig.from(settings()).orElseThrow();
        assertThat(config.address()).hasToString("https://models.example.org/v1/embeddings");
        assertThat(config.toString()).doesNotContain("secret");
    }

    @Test
    void withoutAnAddressThereIsNoEndpoint() throws Exception {
        assertThat(EndpointConfig.from(Map.of())).isEmpty();
        assertThat(EndpointConfig.from(Map.of("url", " ", "model", "m"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "url, ftp://models.example.org",
        "url, https://models.example.org/v1?key=1",
        "url, https://user:word@models.example.org/v1",
        "url, models.example.org",
        "model, ''",
        "api_key, two words",
        "api_key, ключ",
        "dimensions, -1",
        "dimensions, 8193",
        "batch_size, 0",
        "batch_size, many",
        "timeout_seconds, 1.5"
    })
    void wrongSettingsAreNamed(String key, String value) {
        Map<String, Object> settings = settings();
        boolean number = value.matches("-?[0-9.]+");
        settings.put(key, number ? (Object) Double.valueOf(value) : value);
        assertThatThrownBy(() -> EndpointConfig.from(settings)).isInstanceOfSatisfying(StageFailure.class, failure -> {
            assertThat(failure.code()).isEqualTo("invalid_plugin_settings");
            assertThat(failure).hasMessageStartingWith("The operator's setting plugins.settings.embed." + key + " ");
            assertThat(failure).hasMessageEndingWith(".");
        });
    }
}
