package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.hash.Sha256;
import dev.callboard.plugins.BundledPlugins.Jar;
import dev.callboard.testing.PluginJars;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The plugins of the server's jar in the user's cache. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "asks for permissions of POSIX")
class UnpackedPluginsTest {
    @TempDir
    Path dir;

    private Path cache;

    @BeforeEach
    void makeCache() {
        cache = UnpackedPlugins.folder(Map.of("XDG_CACHE_HOME", dir.toString())::get)
                .orElseThrow();
    }

    private Jar bundled(String content) throws IOException {
        // A name of its own: Java takes a jar that was written twice within a moment for the same.
        Path server = dir.resolve("server-" + content + ".jar");
        byte[] plugin = PluginJars.of("Fine", "fine")
                .entry("content.txt", content.getBytes(StandardCharsets.UTF_8))
                .bytes();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(server))) {
            out.putNextEntry(new ZipEntry("META-INF/callboard/plugins/index.txt"));
            out.write("callboard-fine.jar\n".getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("META-INF/callboard/plugins/callboard-fine.jar"));
            out.write(plugin);
        }
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {server.toUri().toURL()}, null)) {
            return BundledPlugins.of(loader).jars().get(0);
        }
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.count();
        }
    }

    @Test
    void aJarIsUnpackedOnceAndTheSameFromThenOn() throws IOException {
        Jar jar = bundled("one");
        Path file = UnpackedPlugins.path(cache, jar);
        String digest = UnpackedPlugins.ensure(file, jar);
        FileTime modified = Files.getLastModifiedTime(file);
        assertThat(Files.size(file)).isEqualTo(jar.size());
        assertThat(UnpackedPlugins.ensure(file, jar)).isEqualTo(digest);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(modified);
        assertThat(digest).isEqualTo(Sha256.hex(Files.readAllBytes(file)));
        assertThat(files()).isEqualTo(2);
    }

    @Test
    void aFileThatIsNotWhatTheJarHasIsUnpackedAgain() throws IOException {
        Jar jar = bundled("one");
        Path file = UnpackedPlugins.path(cache, jar);
        String digest = UnpackedPlugins.ensure(file, jar);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThat(UnpackedPlugins.ensure(file, jar)).isEqualTo(digest);
        Files.write(file, new byte[] {1, 2, 3});
        assertThat(UnpackedPlugins.ensure(file, jar)).isEqualTo(digest);
        assertThat(files()).isEqualTo(2);
    }

    @Test
    void aNoteThatWasCutOffIsMadeAgain() throws IOException {
        Jar jar = bundled("one");
        Path file = UnpackedPlugins.path(cache, jar);
        String digest = UnpackedPlugins.ensure(file, jar);
        Path note = file.resolveSibling(file.getFileName() + ".sha256");
        Files.writeString(note, digest.substring(1));
        assertThat(UnpackedPlugins.ensure(file, jar)).isEqualTo(digest);
        assertThat(note).hasContent(digest);
    }

    @Test
    void aNoteThatCannotBeWrittenKeepsNoPluginFromBeingLoaded() throws IOException {
        Jar jar = bundled("one");
        Path file = UnpackedPlugins.path(cache, jar);
        String digest = UnpackedPlugins.ensure(file, jar);
        Path note = file.resolveSibling(file.getFileName() + ".sha256");
        Files.delete(note);
        Files.createDirectory(note);
        assertThat(UnpackedPlugins.ensure(file, jar)).isEqualTo(digest);
    }

    @Test
    void anotherVersionHasAFileOfItsOwnAndOldOnesGo() throws IOException {
        Jar old = bundled("one");
        Path file = UnpackedPlugins.path(cache, old);
        UnpackedPlugins.ensure(file, old);
        Jar next = bundled("two");
        Path other = UnpackedPlugins.path(cache, next);
        assertThat(other).isNotEqualTo(file);
        UnpackedPlugins.ensure(other, next);
        assertThat(files()).isEqualTo(4);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(60))));
        Files.delete(other);
        UnpackedPlugins.ensure(other, next);
        assertThat(file).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void aCacheThatOthersCanWriteIsNotTaken() throws IOException {
        assertThat(UnpackedPlugins.folder(name -> null)).isEmpty();
        assertThat(UnpackedPlugins.folder(Map.of("HOME", "/dev/null")::get)).isEmpty();
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(UnpackedPlugins.folder(Map.of("XDG_CACHE_HOME", dir.toString())::get))
                .isEmpty();
    }
}
