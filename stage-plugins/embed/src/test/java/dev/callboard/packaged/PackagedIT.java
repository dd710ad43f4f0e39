package dev.callboard.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.embed.model.MiniLm;
import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.testing.RecordingStageContext;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is shipped, in a process of its own. */
class PackagedIT {
    static final String TEXT = "Rift Valley fever in goats, naïve herds";

    private static final Path JAR = Path.of(System.getProperty("embed.jar"));

    @TempDir
    private Path folder;

    private Path home;
    private Path temporary;

    @BeforeEach
    void folders() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    private List<String> run(String... arguments) throws IOException, InterruptedException {
        String classPath = Stream.of(PackagedMain.class, StagePlugin.class, RecordingStageContext.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-Duser.home=" + home,
                "-Djava.io.tmpdir=" + temporary,
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                classPath,
                PackagedMain.class.getName(),
                JAR.toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as("%s", lines).isZero();
        return lines;
    }

    private static String after(String word, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + word + " in " + lines));
    }

    @Test
    void theModelRunsFromTheJarAloneAndLeavesNoFile() throws Exception {
        List<String> lines = run("model");
        assertThat(after("ids", lines)).isEqualTo("[a, b]");
        byte[] own = MiniLm.get().embed(List.of(TEXT), () -> false).get(0).bytes();
        assertThat(after("vector", lines)).isEqualTo(Base64.getEncoder().encodeToString(own));
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void anEndpointIsAskedOverTls() throws Exception {
        Path store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=stub",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PackagedMain.PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        List<String> lines = run("endpoint", store.toString());
        assertThat(after("untrusted", lines))
                .startsWith("The certificate of the embedding endpoint 127.0.0.1 is not accepted: ");
        // 0, 0.6 and 0.8
        assertThat(after("trusted", lines)).isEqualTo("[AAAAAJqZGT/NzEw/]");
    }

    @Test
    void thereIsNothingInItThatIsNotNeeded() throws IOException {
        try (ZipFile jar = new ZipFile(JAR.toFile())) {
            List<String> names = jar.stream()
                    .map(each -> each.getName())
                    .filter(name -> !name.endsWith("/"))
                    .toList();
            assertThat(names).noneMatch(name -> name.matches(".*\\.(pdb|dll|dylib)|.*(aarch64|osx|win-).*"));
            assertThat(names)
                    .noneMatch(name -> name.startsWith("dev/callboard/spi/") || name.startsWith("dev/langchain4j/"));
            assertThat(names)
                    .contains(
                            "META-INF/THIRD-PARTY.txt",
                            "META-INF/NOTICE",
                            "ThirdPartyNotices.txt",
                            "ai/onnxruntime/native/linux-x64/libonnxruntime.so");
        }
        assertThat(Files.size(JAR)).isLessThan(26L << 20);
    }
}
