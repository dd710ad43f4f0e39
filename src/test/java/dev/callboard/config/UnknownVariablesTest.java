package dev.callboard.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A variable that looks like a setting and is none is told of, and nobody else's is. */
class UnknownVariablesTest {
    @TempDir
    Path folder;

    private List<String> warnings(String... names) throws ConfigException {
        return UnknownVariables.warnings(
                Set.of(names), ConfigLoader.load(Map.of("config", folder.toString()), Map.of()));
    }

    @Test
    void theNearestKnownNameIsNamed() throws Exception {
        assertThat(warnings("CALLBOARD_LOG_LEVL", "CALLBOARD_LOG_LEVEL", "PATH", "MY_CALLBOARD_PORT"))
                .containsExactly("The environment variable CALLBOARD_LOG_LEVL is not a setting and changes nothing;"
                        + " did you mean CALLBOARD_LOG_LEVEL?");
    }

    @Test
    void elseAllKnownNamesAre() throws Exception {
        assertThat(warnings("CALLBOARD_FROB"))
                .singleElement()
                .asString()
                .startsWith("The environment variable CALLBOARD_FROB is not a setting and changes nothing; known are"
                        + " CALLBOARD_HOST, CALLBOARD_PORT,")
                .endsWith(".");
    }

    @Test
    void whatProgramsOrKubernetesAreGivenIsNoMistake() throws Exception {
        assertThat(warnings(
                        "CALLBOARD_SETTING_TONE",
                        "CALLBOARD_TASK_ID",
                        "CALLBOARD_EXECUTION_ID",
                        "CALLBOARD_ATTEMPT",
                        "CALLBOARD_IDEMPOTENCY_KEY",
                        "CALLBOARD_PROCESS_MARK",
                        "CALLBOARD_OPTS",
                        "CALLBOARD_SERVICE_HOST",
                        "CALLBOARD_SERVICE_PORT_HTTP",
                        "CALLBOARD_PORT_8080_TCP_ADDR"))
                .isEmpty();
    }

    @Test
    void neitherIsWhatTheConfigurationNames() throws Exception {
        assertThat(warnings("CALLBOARD_MODEL_KEY", "CALLBOARD_SITE_TOKEN")).hasSize(2);
        names();
        assertThat(warnings("CALLBOARD_MODEL_KEY", "CALLBOARD_SITE_TOKEN")).isEmpty();
    }

    private void names() throws IOException {
        Files.writeString(
                folder.resolve("callboard.yaml"),
                "models: {provider: openai, base_url: 'http://127.0.0.1:1', model: m, api_key_env: CALLBOARD_MODEL_KEY}\n"
                        + "plugins: {settings: {callboard-x: {sites: [{token_env: CALLBOARD_SITE_TOKEN}]}}}\n");
    }
}
