package dev.callboard.palette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.spi.Forms;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What the contract and the pages repeat of the server's forms and words is the same there. */
class FormsTest {
    private static final Map<?, ?> SCHEMAS = schemas();

    private static Map<?, ?> schemas() {
        try (InputStream in = Objects.requireNonNull(FormsTest.class.getResourceAsStream("/openapi.yaml"))) {
            return (Map<?, ?>) at(new Yaml().load(in), "components", "schemas");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object at(Object from, String... path) {
        Object found = from;
        for (String key : path) {
            found = Objects.requireNonNull(((Map<?, ?>) found).get(key), key);
        }
        return found;
    }

    private static Object pattern(String schema, String member) {
        return at(SCHEMAS, schema, "properties", member, "pattern");
    }

    private static String whole(Pattern form) {
        return "^" + form.pattern() + "$";
    }

    @Test
    void theContractHasTheServersForms() {
        assertThat(pattern("Port", "name")).isEqualTo(whole(Forms.PORT_NAME));
        assertThat(pattern("Port", "type")).isEqualTo(whole(Forms.PORT_TYPE));
        assertThat(pattern("Setting", "key")).isEqualTo(whole(Forms.SETTING_KEY));
        assertThat(pattern("StageDefinition", "id")).isEqualTo(whole(Forms.STAGE_TYPE));
        assertThat(pattern("PaletteEntry", "id")).isEqualTo(whole(Forms.STAGE_TYPE));
    }

    @Test
    void theContractHasTheServersWords() {
        assertThat(at(SCHEMAS, "ExecutorType", "enum"))
                .isEqualTo(Arrays.stream(ExecutorType.values())
                        .map(ExecutorType::word)
                        .toList());
        assertThat(at(SCHEMAS, "Setting", "properties", "type", "enum"))
                .isEqualTo(Arrays.stream(Setting.Type.values())
                        .map(Setting.Type::word)
                        .toList());
        assertThat(at(SCHEMAS, "StageDefinition", "properties", "type", "enum"))
                .isEqualTo(
                        Arrays.stream(EntryType.values()).map(EntryType::word).toList());
    }

    @Test
    void thePagesCheckByTheServersForms() throws IOException {
        String scripts = scripts();
        for (Pattern form :
                List.of(Forms.STAGE_TYPE, Forms.PORT_NAME, Forms.PORT_TYPE, Forms.SETTING_KEY, Forms.LEDGER_KEY)) {
            assertThat(scripts.contains("/" + whole(form) + "/"))
                    .as(whole(form))
                    .isTrue();
        }
    }

    private static String scripts() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("webroot/js/core"))) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".js")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }
}
