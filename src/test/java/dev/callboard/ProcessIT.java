package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.json.Json;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.JarProcess.Done;
import dev.callboard.testing.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar on the command line. */
class ProcessIT {
    @TempDir
    Path folder;

    private Done run(String... arguments) throws IOException, InterruptedException {
        return JarProcess.run(folder, arguments);
    }

    @Test
    void itSaysItsVersionAndHowItIsUsed() throws Exception {
        Done version = run("--version");
        assertThat(version.code()).isZero();
        assertThat(version.out()).matches("callboard \\d+\\.\\d+\\.\\d+\\R");
        Done help = run("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("--port", "--data", "stages", "Exit codes");
        for (String command : List.of("serve", "stages")) {
            assertThat(run(command, "--help").code()).isZero();
        }
        Done wrong = run("--prot", "1");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("--prot").contains("--help");
        assertThat(wrong.out()).isEmpty();
    }

    @Test
    void itSaysWhereItListensAndEndsWithZeroOnASignal() throws Exception {
        try (JarProcess server = JarProcess.serve(folder)) {
            assertThat(server.uri().toString()).matches("http://127\\.0\\.0\\.1:\\d+");
            assertThat(server.http().get("/api/vp").at("/status").asText()).isEqualTo("ready");
            assertThat(server.http().get("/").status()).isEqualTo(200);
            assertThat(server.terminate(10)).isZero();
        }
        assertThat(folder.resolve("config").resolve("pipelines")).isDirectory();
    }

    @Test
    void everyErrorOfTheConfigurationIsSaidAtOnce() throws Exception {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config").resolve("callboard.yaml"), "prot: 1\nlimits: {body_bytes: lots}\n");
        Done done = run("--port", "70000");
        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("'prot'", "limits.body_bytes", "port must be a whole number");
        assertThat(done.out()).isEmpty();
    }

    @Test
    void otherMachinesAreNotServed() throws Exception {
        Done done = run("--host", "0.0.0.0", "--port", "0");
        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("loopback").contains("authentication");
    }

    @Test
    void aDataFolderServesOneServer() throws Exception {
        try (JarProcess first = JarProcess.serve(folder)) {
            Done second = run("serve", "--port", "0");
            assertThat(second.code()).isNotZero();
            assertThat(second.err()).contains("in use by another Callboard", "--server URL", "stop that one", "--data");
            Done list = run("stages", "list");
            assertThat(list.code()).isNotZero();
            assertThat(list.err()).contains("--server URL");
            assertThat(first.http().get("/api/vp").status()).isEqualTo(200);
        }
    }

    @Test
    void stagesAreListedAddedAndRemovedInTheFolders() throws Exception {
        Path definition = folder.resolve("stage.json");
        Files.writeString(definition, Json.write(Stages.manual("my-stage")));
        stages(definition);
    }

    @Test
    void stagesAreListedAddedAndRemovedOnAServer() throws Exception {
        Path definition = folder.resolve("stage.json");
        Files.writeString(definition, Json.write(Stages.manual("my-stage")));
        try (JarProcess server = JarProcess.serve(folder)) {
            stages(definition, "--server", server.uri().toString());
        }
    }

    private void stages(Path definition, String... server) throws Exception {
        assertThat(run(with(server, "stages", "list")).out()).contains("ingest", "builtin");
        Done added = run(with(server, "stages", "add", definition.toString()));
        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.out()).contains("Added my-stage, revision ");
        assertThat(run(with(server, "stages", "list")).out()).contains("my-stage");
        Done json = run(with(server, "stages", "list", "--json"));
        assertThat(Json.parse(json.out())).isInstanceOf(java.util.Map.class);
        Done again = run(with(server, "stages", "add", definition.toString()));
        assertThat(again.code()).isNotZero();
        assertThat(again.err()).contains("already");
        assertThat(run(with(server, "stages", "remove", "my-stage")).out()).contains("Removed my-stage");
        Done gone = run(with(server, "stages", "remove", "my-stage"));
        assertThat(gone.code()).isEqualTo(2);
        assertThat(gone.err()).contains("no stage 'my-stage'");
        Files.writeString(definition, "{\"id\": \"A\"");
        assertThat(run(with(server, "stages", "add", definition.toString())).code())
                .isEqualTo(2);
        Files.writeString(definition, "{\"id\": \"A\"}");
        Done invalid = run(with(server, "stages", "add", definition.toString()));
        assertThat(invalid.code()).isEqualTo(2);
        assertThat(invalid.err()).contains("/id", "/name", "/ports");
        Files.writeString(definition, Json.write(Stages.manual("my-stage")));
        Done missing = run(with(server, "stages", "add", "no-such-file.json"));
        assertThat(missing.code()).isEqualTo(2);
    }

    private static String[] with(String[] more, String... command) {
        return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void theJarIsSmallWithoutThePluginsInIt() throws IOException {
        Path file = Path.of("target", "callboard.jar");
        try (ZipFile jar = new ZipFile(file.toFile())) {
            long plugins = jar.stream()
                    .filter(entry -> entry.getName().startsWith("META-INF/callboard/plugins/"))
                    .mapToLong(ZipEntry::getCompressedSize)
                    .sum();
            assertThat(plugins).isPositive();
            assertThat(Files.size(file) - plugins).isLessThan(25L << 20);
        }
    }

    @Test
    void theArtifactForPluginAuthorsHasTheSpiAlone() throws IOException {
        Path spi;
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            spi = files.filter(file -> file.getFileName().toString().matches("callboard-.*-spi\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
        try (JarFile jar = new JarFile(spi.toFile())) {
            assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("dev/callboard/spi/") || name.startsWith("META-INF/"))
                    .contains("dev/callboard/spi/StagePlugin.class");
        }
    }
}
