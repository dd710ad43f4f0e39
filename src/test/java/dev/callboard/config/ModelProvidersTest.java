package dev.callboard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelProvidersTest {
    private static final String TWO =
            """
            models:
              providers:
                local: {provider: ollama, model: small}
                cloud:
                  provider: openai
                  base_url: https://models.example.org/v1
                  model: large
                  models: [larger, large, "org/largest"]
                  api_key_env: CLOUD_KEY
                  timeout_seconds: 20
                  max_output_tokens: 100
                  price_input: 2.50
                  price_output: 12.50
                  currency: EUR
            """;

    @TempDir
    Path folder;

    @Test
    void providersWithNamesStandInTheOrderOfTheFile() throws Exception {
        ModelsConfig models = load(TWO).models();
        assertThat(models.providers())
                .containsExactly(
                        new ModelProvider(
                                "local",
                                ModelApi.OLLAMA,
                                URI.create("http://127.0.0.1:11434"),
                                List.of("small"),
                                null,
                                Duration.ofMinutes(5),
                                8_192,
                                null),
                        new ModelProvider(
                                "cloud",
                                ModelApi.OPENAI,
                                URI.create("https://models.example.org/v1"),
                                List.of("large", "larger", "org/largest"),
                                "CLOUD_KEY",
                                Duration.ofSeconds(20),
                                100,
                                new ModelProvider.Price(new BigDecimal("2.5"), new BigDecimal("12.5"), "EUR")));
        assertThat(models.providers().get(1).choice("org/largest")).isEqualTo("cloud/org/largest");
        assertThat(models.providers().get(1).setting("base_url")).isEqualTo("models.providers.cloud.base_url");
    }

    @Test
    void theOneWithoutANameComesFirst() throws Exception {
        ModelsConfig models = load(TWO.replace(
                        "models:\n  providers:",
                        "models:\n  provider: anthropic\n" + "  model: usual\n  api_key_env: MODEL_KEY\n  providers:"))
                .models();
        assertThat(models.providers()).extracting(ModelProvider::name).containsExactly("", "local", "cloud");
        assertThat(models.providers().get(0).choice("usual")).isEqualTo("usual");
    }

    @Test
    void everyErrorIsSaidAtOnceWithItsPlace() {
        String file =
                """
                models:
                  provider: anthropic
                  providers:
                    one: {provider: none, timeout_seconds: 0}
                    two: {provider: openai, base_url: ftp://127.0.0.1, max_output_tokens: many, price_output: -1}
                    three: {provider: anthropic, model: m, colour: red, providers: {}}
                    Four: {provider: ollama, model: m}
                    five: ollama
                    six: {provider: ollama, model: {name: m}}
                """;
        String config = folder.resolve("callboard.yaml") + ": ";
        assertThat(errors(file).stream().map(error -> error.replace(config, "").replaceFirst(" must .*", "")))
                .contains(
                        "models.model",
                        "models.api_key_env",
                        "models.providers.one.provider",
                        "models.providers.one.timeout_seconds",
                        "models.providers.two.base_url",
                        "models.providers.two.max_output_tokens",
                        "models.providers.two.price_output",
                        "models.providers.two.model",
                        "models.providers.three.api_key_env",
                        "models.providers.Four",
                        "models.providers.five",
                        "models.providers.six.model")
                .anyMatch(error -> error.startsWith("there is no setting 'models.providers.three.colour'; known are"))
                .anyMatch(error -> error.startsWith("there is no setting 'models.providers.three.providers'"))
                .anyMatch(error -> error.startsWith("there is no setting 'models.providers.six.model'"))
                .hasSize(15);
    }

    @Test
    void aKeyInPlaceOfItsVariableIsNotRepeated() {
        assertThat(errors(TWO.replace("CLOUD_KEY", "sk-canary-4f1c0de5")))
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .startsWith("models.providers.cloud.api_key_env")
                        .doesNotContain("canary"));
    }

    @Test
    void twoModelsCannotHaveOneName() {
        assertThat(errors(TWO.replace(
                        "models:\n  providers:",
                        "models:\n  provider: ollama\n  model: m\n  models: [cloud/larger]\n  providers:")))
                .singleElement()
                .satisfies(error -> assertThat(error).startsWith("models.models must not have 'cloud/larger'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"command.environment", "secrets.environment"})
    void neitherProgramsNorSecretsMayHaveAKeyOfTheServer(String setting) {
        String section = setting.substring(0, setting.indexOf('.'));
        for (String variable : List.of("CLOUD_KEY", "WORKER_TOKEN", "MODEL_KEY", "CALLBOARD_PORT")) {
            String file = TWO.replace(
                            "models:\n", "models:\n  provider: ollama\n  model: m\n  api_key_env: MODEL_KEY\n")
                    + "workers: {token_env: WORKER_TOKEN}\n" + section + ": {environment: [OTHER, " + variable + "]}\n";
            assertThat(errors(file)).as(variable).singleElement().satisfies(error -> assertThat(error)
                    .startsWith(setting + " must not have '" + variable + "'"));
        }
    }

    @Test
    void theVariableOfAKeyIsNoUnknownSetting() throws Exception {
        assertThat(UnknownVariables.warnings(
                        Set.of("CALLBOARD_CLOUD_KEY"), load(TWO.replace("CLOUD_KEY", "CALLBOARD_CLOUD_KEY"))))
                .isEmpty();
    }

    private List<String> errors(String file) {
        return catchThrowableOfType(ConfigException.class, () -> load(file)).errors();
    }

    private ServerConfig load(String file) throws ConfigException, IOException {
        Files.writeString(folder.resolve("callboard.yaml"), file);
        return ConfigLoader.load(Map.of("config", folder.toString()), Map.of());
    }
}
