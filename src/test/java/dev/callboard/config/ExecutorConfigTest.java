package dev.callboard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorConfigTest {
    @TempDir
    Path folder;

    @Test
    void nothingIsConfiguredByDefault() throws Exception {
        ServerConfig config = load("", Map.of());
        assertThat(config.models()).isNull();
        assertThat(config.command()).isNull();
    }

    @Test
    void aProviderNeedsAModelAlone() throws Exception {
        assertThat(load("models: {provider: ollama, model: small}", Map.of()).models())
                .isEqualTo(new ModelsConfig(List.of(new ModelProvider(
                        "",
                        ModelApi.OLLAMA,
                        URI.create("http://127.0.0.1:11434"),
                        List.of("small"),
                        null,
                        Duration.ofMinutes(5),
                        8_192,
                        null))));
    }

    @Test
    void everythingCanBeSaid() throws Exception {
        String file =
                """
                models:
                  provider: openai
                  base_url: http://127.0.0.1:9000/v1/
                  model: small
                  models: [fast, large]
                  api_key_env: MODEL_KEY
                  timeout_seconds: 20
                  max_output_tokens: 100
                  price_input: 2.50
                  currency: EUR
                command:
                  enabled: true
                  programs: [git, /usr/local/bin/agent]
                  environment: [PATH, AGENT_KEY]
                  timeout_seconds: 60
                  output_bytes: 2048
                  workdir_roots: [/srv/projects]
                """;
        ServerConfig config = load(file, Map.of("CALLBOARD_MODELS_MODEL", "large"));
        assertThat(config.models())
                .isEqualTo(new ModelsConfig(List.of(new ModelProvider(
                        "",
                        ModelApi.OPENAI,
                        URI.create("http://127.0.0.1:9000/v1"),
                        List.of("large", "fast"),
                        "MODEL_KEY",
                        Duration.ofSeconds(20),
                        100,
                        new ModelProvider.Price(new BigDecimal("2.5"), BigDecimal.ZERO, "EUR")))));
        assertThat(config.command())
                .isEqualTo(new CommandConfig(
                        List.of("git", "/usr/local/bin/agent"),
                        List.of("PATH", "AGENT_KEY"),
                        Duration.ofSeconds(60),
                        2_048,
                        List.of(Path.of("/srv/projects"))));
    }

    @Test
    void everyErrorIsSaidAtOnce() {
        String file =
                """
                models:
                  provider: anthropic
                  base_url: ftp://127.0.0.1
                  timeout_seconds: 0
                  max_output_tokens: many
                  price_input: -1
                  currency: euros
                command:
                  enabled: perhaps
                  programs: [bin/agent]
                  environment: [CALLBOARD_PORT, "a b"]
                  output_bytes: 1
                  workdir_roots: [projects]
                """;
        assertThat(errors(file).stream().map(error -> error.split(" ", 2)[0]))
                .containsOnly(
                        "models.base_url",
                        "models.timeout_seconds",
                        "models.max_output_tokens",
                        "models.price_input",
                        "models.currency",
                        "models.model",
                        "models.api_key_env",
                        "command.enabled",
                        "command.programs",
                        "command.environment",
                        "command.output_bytes",
                        "command.workdir_roots");
    }

    @Test
    void programsAreNamedBeforeAnyIsStarted() throws Exception {
        assertThat(errors("command: {enabled: true}")).singleElement().satisfies(error -> assertThat(error)
                .startsWith("command.programs must name the programs"));
        for (String wrong : List.of("./agent", "bin/agent", "-c", "..", "/")) {
            assertThat(errors("command: {enabled: true, programs: ['" + wrong + "']}"))
                    .as(wrong)
                    .hasSize(1);
        }
        assertThat(load("command: {enabled: true, programs: [git]}", Map.of())
                        .command()
                        .programs())
                .containsExactly("git");
    }

    @Test
    void aKeyInPlaceOfItsVariableIsNotRepeated() {
        assertThat(errors("models: {provider: openai, model: small, api_key_env: sk-canary-4f1c0de5}"))
                .hasSize(1)
                .noneMatch(error -> error.contains("canary"));
    }

    @Test
    void programsNeverSeeTheModelsKey() {
        assertThat(errors("models: {provider: openai, model: small, api_key_env: MODEL_KEY}\n"
                        + "command: {environment: [MODEL_KEY]}"))
                .hasSize(1)
                .allMatch(error -> error.startsWith("command.environment"));
    }

    private List<String> errors(String file) {
        return catchThrowableOfType(ConfigException.class, () -> load(file, Map.of()))
                .errors();
    }

    private ServerConfig load(String file, Map<String, String> environment) throws ConfigException, IOException {
        Files.writeString(folder.resolve("callboard.yaml"), file);
        Map<String, String> options = new HashMap<>(Map.of("config", folder.toString()));
        return ConfigLoader.load(options, environment);
    }
}
