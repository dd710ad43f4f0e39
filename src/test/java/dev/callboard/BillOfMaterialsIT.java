package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callboard.testing.Licences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every jar that ships says what is in it, under licences that we may pass on, with their notices. */
class BillOfMaterialsIT {
    private static final JsonMapper MAPPER = new JsonMapper();

    static List<Path> jars() throws IOException {
        try (Stream<Path> plugins = Files.list(Path.of("plugins"))) {
            return Stream.concat(
                            Stream.of(Path.of("target", "callboard.jar")),
                            plugins.filter(file -> file.getFileName().toString().matches("callboard-.*\\.jar")))
                    .toList();
        }
    }

    private static String text(JarFile jar, String entry) throws IOException {
        return new String(
                jar.getInputStream(Objects.requireNonNull(jar.getJarEntry(entry), entry))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("jars")
    void eachJarHasItsBillOfMaterialsAndTheNoticesOfThirdParties(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            String name = file.getFileName().toString().replaceFirst("(-[0-9.]+)?\\.jar$", "");
            JsonNode bom = MAPPER.readTree(text(jar, "META-INF/sbom/" + name + ".cdx.json"));
            assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
            assertThat(bom.path("components")).isNotEmpty();
            assertThat(Licences.refused(bom)).isEmpty();
            String thirdParties = text(jar, "META-INF/THIRD-PARTY.txt");
            for (JsonNode component : bom.path("components")) {
                assertThat(thirdParties)
                        .contains(component.path("group").asText() + ":"
                                + component.path("name").asText() + ":"
                                + component.path("version").asText());
            }
            assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
            assertThat(text(jar, "META-INF/NOTICE")).contains("Callboard");
        }
    }

    @Test
    void aLicenceThatIsNotListedIsRefused() throws IOException {
        JsonNode bom = MAPPER.readTree(
                """
                {"components": [
                  {"name": "good", "licenses": [{"license": {"id": "MIT"}}]},
                  {"name": "choice", "licenses": [{"expression": "(GPL-2.0-only OR Apache-2.0)"}]},
                  {"name": "dual", "licenses": [{"license": {"id": "EPL-1.0"}}, {"license": {"name": "LGPL"}}]},
                  {"name": "viral", "licenses": [{"license": {"id": "AGPL-3.0-only"}}]},
                  {"name": "both", "licenses": [{"expression": "Apache-2.0 AND GPL-3.0-only"}]},
                  {"name": "own", "licenses": [{"license": {"name": "Ask us first"}}]},
                  {"name": "none"}
                ]}""");
        assertThat(Licences.refused(bom))
                .containsExactly(
                        "viral [AGPL-3.0-only]", "both [Apache-2.0 AND GPL-3.0-only]", "own [Ask us first]", "none []");
    }
}
