package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bin/callboard} starts Java with; the Java here only says what it was given. */
class LauncherTest {
    private static final String JAVA_17 = "JAVA_VERSION=\"17.0.15\"\n";

    @TempDir
    Path folder;

    private Launcher launcher;
    private Path home;

    @BeforeEach
    void install() throws IOException {
        launcher = Launcher.in(folder.resolve("app"));
        Files.writeString(launcher.jar(), "a jar");
        home = java("java", JAVA_17);
    }

    @Test
    void itSharesClassesBoundsTheHeapAndPassesAllArguments() throws Exception {
        List<String> words = words(Map.of(), "run", "a b", "", "*", "--set", "x=\"y\"");
        assertThat(words).endsWith("-jar", launcher.jar().toString(), "run", "a b", "", "*", "--set", "x=\"y\"");
        assertThat(words).contains("-Xmx1g", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
        assertThat(words).anyMatch(word -> word.startsWith("-XX:ArchiveClassesAtExit=" + cache()));
    }

    @Test
    void anyPlaceAndSymbolicLinksLeadToTheJarBesideIt() throws Exception {
        Path links = Files.createDirectories(folder.resolve("some where"));
        Path relative = Files.createSymbolicLink(links.resolve("second"), Path.of("..", "app", "bin", "callboard"));
        Path link = Files.createSymbolicLink(links.resolve("first"), relative);
        assertThat(launcher.at(link).words(environment(Map.of()), "serve"))
                .containsSequence("-jar", launcher.jar().toRealPath().toString(), "serve");
    }

    @Test
    void optionsOfJavaWinOverItsOwn() throws Exception {
        List<String> words = words(Map.of("JAVA_OPTS", "-Dx=*  -Xmx2g -XX:+UseG1GC"), "serve");
        assertThat(words).containsSubsequence("-Dx=*", "-Xmx2g", "-XX:+UseG1GC", "-jar");
        assertThat(words).doesNotContain("-Xmx1g", "-Xms32m", "-XX:+UseSerialGC");
        assertThat(words(Map.of("JAVA_TOOL_OPTIONS", "-XX:MaxRAMPercentage=50"), "serve"))
                .doesNotContain("-Xmx1g");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-XX:TieredStopAtLevel=1", "-XX:Tier4InvocationThreshold=1", "-XX:-TieredCompilation", "-Xint"})
    void itCompilesLaterUnlessSomethingElseIsSaidOfThat(String option) throws Exception {
        assertThat(words(Map.of(), "serve")).contains("-XX:CompileThresholdScaling=4");
        assertThat(words(Map.of("JAVA_OPTS", option), "serve")).doesNotContain("-XX:CompileThresholdScaling=4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xshare:off", "-XX:SharedArchiveFile=mine.jsa", "-XX:AOTCache=mine.aot"})
    void whoSharesClassesInAnotherWayDoesSo(String option) throws Exception {
        assertThat(shared(words(Map.of("JAVA_OPTS", option), "serve"))).isEmpty();
    }

    @Test
    void theArchiveThatAnEndedServerLeftIsTheNextOnesUntilTheJarChanges() throws Exception {
        leave("1".repeat(16_000_001));
        String used = shared(words(Map.of(), "serve"));
        assertThat(used).startsWith("-XX:SharedArchiveFile=" + cache()).endsWith(".jsa");
        assertThat(shared(words(Map.of(), "serve"))).isEqualTo(used);
        assertThat(files()).hasSize(1);
        assertThat(shared(words(Map.of(), "validate", "x.yaml"))).isEqualTo(used);

        Files.writeString(launcher.jar(), "another jar");
        assertThat(shared(words(Map.of(), "serve"))).startsWith("-XX:ArchiveClassesAtExit=");
    }

    @Test
    void anotherJavaHasAnArchiveOfItsOwn() throws Exception {
        leave("1".repeat(16_000_001));
        assertThat(shared(words(Map.of(), "serve"))).startsWith("-XX:SharedArchiveFile=");
        Path other = java("other", "JAVA_VERSION=\"25.0.3\"\n");
        assertThat(shared(words(Map.of("JAVA_HOME", other.toString()), "serve")))
                .startsWith("-XX:ArchiveClassesAtExit=");
    }

    @Test
    void whatIsTooSmallOrTornIsThrownAway() throws Exception {
        leave("1".repeat(3_000_000));
        leave("\0".repeat(16_000_001));
        assertThat(shared(words(Map.of(), "serve"))).startsWith("-XX:ArchiveClassesAtExit=");
        assertThat(files()).isEmpty();
    }

    @Test
    void whatAnotherServerStillWritesStays() throws Exception {
        Path written =
                name(shared(words(Map.of(), "serve")), ProcessHandle.current().pid());
        Files.writeString(written, "1".repeat(16_000_001));
        assertThat(shared(words(Map.of(), "serve"))).startsWith("-XX:ArchiveClassesAtExit=");
        assertThat(written).exists();
    }

    @Test
    void twoThatStartAtOnceWriteFilesOfTheirOwn() throws Exception {
        assertThat(shared(words(Map.of(), "serve"))).isNotEqualTo(shared(words(Map.of(), "serve")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "validate", "stages"})
    void commandsWithoutAServerLeaveNoArchive(String command) throws Exception {
        assertThat(shared(words(Map.of(), command))).isEmpty();
    }

    @Test
    void withoutAFolderForItTheJarStartsAllTheSame() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(shared(words(Map.of("XDG_CACHE_HOME", file.toString()), "serve")))
                .isEmpty();
        assertThat(shared(words(Map.of("XDG_CACHE_HOME", "", "HOME", ""), "serve")))
                .isEmpty();
        assertThat(shared(words(
                        Map.of("CACHE_DIRECTORY", folder.resolve("of systemd").toString()), "serve")))
                .startsWith("-XX:ArchiveClassesAtExit=" + folder.resolve("of systemd"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"JAVA_VERSION=\"11.0.2\"\n", "JAVA_VERSION=\"1.8.0\"\n", "", JAVA_17 + "JVM_VARIANT=\"OpenJ9\"\n"
            })
    void aJavaThatIsNotKnownGetsNoOptionsOfItsOwn(String release) throws Exception {
        Path other = java("unknown", release);
        assertThat(words(Map.of("JAVA_HOME", other.toString(), "JAVA_OPTS", "-Da=b"), "serve"))
                .containsExactly("-Da=b", "-jar", launcher.jar().toString(), "serve");
    }

    @Test
    void aMissingJavaHomeOrJarIsNoRiddle() throws Exception {
        String path = home.resolve("bin") + ":" + System.getenv("PATH");
        assertThat(words(Map.of("JAVA_HOME", folder.resolve("nowhere").toString(), "PATH", path), "serve"))
                .contains("-jar");
        Files.delete(launcher.jar());
        Launcher.Done done = launcher.run(environment(Map.of()), "serve");
        assertThat(done.code()).isEqualTo(1);
        assertThat(done.out()).isEmpty();
        assertThat(done.err()).contains("There is no callboard.jar in ");
    }

    /** A Java that prints each word that it is given on a line of its own. */
    private Path java(String name, String release) throws IOException {
        Path made = Files.createDirectories(folder.resolve(name));
        Path program = Files.createDirectories(made.resolve("bin")).resolve("java");
        Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        if (!release.isEmpty()) {
            Files.writeString(made.resolve("release"), release);
        }
        return made;
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new java.util.HashMap<>(Map.of(
                "JAVA_HOME",
                home.toString(),
                "XDG_CACHE_HOME",
                folder.resolve("cache").toString()));
        environment.putAll(more);
        return environment;
    }

    private List<String> words(Map<String, String> environment, String... arguments) throws Exception {
        return launcher.words(environment(environment), arguments);
    }

    /** The option that uses an archive or leaves one, empty for none. */
    private static String shared(List<String> words) {
        return words.stream()
                .filter(word -> word.matches("-XX:(SharedArchiveFile|ArchiveClassesAtExit)=.*"))
                .findFirst()
                .filter(word -> !word.contains("mine."))
                .orElse("");
    }

    /** Leaves a file as a server does that has ended. */
    private void leave(String content) throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.writeString(name(shared(words(Map.of(), "serve")), ended.pid()), content);
    }

    private static Path name(String option, long pid) {
        String file = option.substring(option.indexOf('=') + 1);
        return Path.of(file.substring(0, file.lastIndexOf('.') + 1) + pid);
    }

    private Path cache() {
        return folder.resolve("cache").resolve("callboard");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(cache())) {
            return files.toList();
        }
    }
}
