package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Http;
import dev.callboard.testing.Launcher;
import dev.callboard.testing.Patience;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/callboard} with the packaged jar and the Java that runs this test. */
class LauncherIT {
    private static final String READY = "Callboard is listening on ";

    /** How Java's log of loaded classes says that one comes from an archive like ours. */
    private static final String ARCHIVED = "dev.callboard.Callboard source: shared objects file (top)";

    @TempDir
    Path folder;

    private Launcher launcher;

    @BeforeEach
    void install() throws Exception {
        launcher = Launcher.in(folder.resolve("app"));
        Files.copy(Path.of("target", "callboard.jar"), launcher.jar());
    }

    @Test
    void theFirstServerLeavesItsClassesToTheNextAndAnotherJarBeginsAnew() throws Exception {
        assertThat(serve()).doesNotContain(ARCHIVED);
        assertThat(serve()).contains(ARCHIVED);
        Files.setLastModifiedTime(launcher.jar(), FileTime.from(Instant.EPOCH));
        assertThat(serve()).doesNotContain(ARCHIVED).contains("dev.callboard.Callboard source: ");
    }

    @Test
    void exitCodesAndAnswersAreThoseOfTheJar() throws Exception {
        Launcher.Done version = launcher.run(environment(""), "--version");
        assertThat(version.code()).isZero();
        assertThat(version.out()).matches("callboard \\S+\n");
        assertThat(version.err()).isEmpty();
        Launcher.Done wrong = launcher.run(environment(""), "serve", "--port", "99999999");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).startsWith("callboard: port must be");
    }

    /** Serves once, ends the server by a signal, and returns which classes were loaded from where. */
    private String serve() throws Exception {
        Path classes = folder.resolve("classes.log");
        Process server = launcher.process(
                        environment("-Xlog:class+load:file=" + classes), "serve", "--port", "0", "--data", "data")
                .redirectError(folder.resolve("errors").toFile())
                .start();
        try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
            String first = out.readLine();
            assertThat(first).as(Files.readString(folder.resolve("errors"))).startsWith(READY);
            Http http = Http.at(URI.create(first.substring(READY.length())));
            assertThat(http.get("/api/vp").status()).isEqualTo(200);
            // Process.destroy() would close the stream that is read to its end below.
            server.toHandle().destroy();
            assertThat(server.waitFor(Patience.SOON.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(server.exitValue()).isZero();
            assertThat(out.readLine()).isNull();
        } finally {
            server.destroyForcibly();
        }
        assertThat(Files.readString(folder.resolve("errors"))).doesNotContain("[warning]");
        return Files.readString(classes);
    }

    private Map<String, String> environment(String options) {
        return Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "JAVA_OPTS",
                options,
                "XDG_CACHE_HOME",
                folder.resolve("cache").toString(),
                "CALLBOARD_PLUGINS_BUNDLED",
                "false");
    }
}
