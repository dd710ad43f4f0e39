package dev.callboard.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callboard.json.Json;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.testing.RecordingStageContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Blobs become files for a program, and its files become blobs. */
class CommandFilesTest {
    private final RecordingStageContext context = new RecordingStageContext();

    @TempDir
    Path folder;

    private String blob(String text) throws IOException {
        return context.blobs().put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Map<String, Object> input(String name, String text) throws IOException {
        return Map.of("name", name, "blob", blob(text), "media_type", "text/plain");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
        }
    }

    @Test
    void namesAreNoPathsNoOptionsNotHiddenAndNotTwice() throws Exception {
        InputFiles.write(
                context.blobs(),
                folder,
                List.of(List.of(
                        input("../../etc/passwd", "1"),
                        input("..\\windows.ini", "2"),
                        input("-rf", "3"),
                        input(".bashrc", "4"),
                        input("manifest.json", "5"),
                        input("a\u202eb\u0000c.txt", "6"),
                        input("Paper.PDF", "7"),
                        input("paper.pdf", "8"),
                        input("..", "9"),
                        input("x".repeat(300) + ".txt", "10"))));
        assertThat(names())
                .containsExactlyInAnyOrder(
                        "manifest.json",
                        "passwd",
                        "windows.ini",
                        "_rf",
                        "_bashrc",
                        "manifest-2.json",
                        "a_b_c.txt",
                        "Paper.PDF",
                        "paper-2.pdf",
                        "_",
                        "x".repeat(116) + ".txt");
        assertThat(folder.resolve("passwd")).hasContent("1");
        List<?> manifest = (List<?>) Json.parse(Files.readString(folder.resolve("manifest.json")));
        assertThat(manifest).hasSize(10);
        Map<?, ?> first = (Map<?, ?>) manifest.get(0);
        assertThat(first.get("file")).isEqualTo("passwd");
        assertThat(first.get("name")).isEqualTo("../../etc/passwd");
        assertThat(first.get("size").toString()).isEqualTo("1");
    }

    @Test
    void blobsAreFoundHoweverDeepAndOnceAndWhatIsNoneIsLeft() throws Exception {
        Map<String, Object> file = input("a.txt", "A");
        InputFiles.write(
                context.blobs(),
                folder,
                List.of(Map.of(
                        "files",
                        List.of(file, file, Map.of("blob", "0".repeat(64), "name", "gone"), Map.of("blob", "../x")))));
        assertThat(names()).containsExactly("a.txt", "manifest.json");
    }

    @Test
    void twoInputsThatAreTheSameAreTwoFiles() throws Exception {
        InputFiles.write(context.blobs(), folder, List.of(input("a.txt", "A"), input("a.txt", "A")));
        assertThat(names()).containsExactlyInAnyOrder("a.txt", "a-2.txt", "manifest.json");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its names have no control characters")
    void namesOfOutputsHaveNothingThatCannotBeSeen() throws Exception {
        Path outputs = Files.createDirectories(folder.resolve("outputs"));
        Files.writeString(outputs.resolve("a_b.txt"), "1");
        Files.writeString(outputs.resolve("a\tb.txt"), "2");
        Files.writeString(outputs.resolve("c\nd.txt"), "3");
        List<Map<String, Object>> files = OutputFiles.store(outputs, context);
        assertThat(files)
                .extracting(file -> file.get("name"))
                .containsExactlyInAnyOrder("a_b.txt", "a_b.txt-2", "c_d.txt");
    }

    @Test
    void moreThanAThousandAreRefused() throws Exception {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            many.add(input(i + ".txt", "same"));
        }
        StageFailure failure =
                catchThrowableOfType(StageFailure.class, () -> InputFiles.write(context.blobs(), folder, many));
        assertThat(failure.code()).isEqualTo("too_many_files");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it makes links")
    void whatIsLeftIsStoredAndLinksAreNotFollowed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "not the program's");
        Path outputs = Files.createDirectories(folder.resolve("outputs/plots"));
        Files.writeString(outputs.resolve("a.csv"), "x,y\n");
        Files.writeString(outputs.getParent().resolve("report.md"), "# Report\n");
        Files.createSymbolicLink(outputs.getParent().resolve("link"), secret);
        Files.createSymbolicLink(outputs.getParent().resolve("folder"), folder);
        List<Map<String, Object>> files = OutputFiles.store(outputs.getParent(), context);
        assertThat(files).extracting(file -> file.get("name")).containsExactly("plots/a.csv", "report.md");
        assertThat(files).extracting(file -> file.get("media_type")).containsExactly("text/csv", "text/markdown");
        try (InputStream bytes = context.blobs().open((String) files.get(1).get("blob"))) {
            assertThat(new String(bytes.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("# Report\n");
        }
        assertThat(context.lines()).anyMatch(line -> line.contains("outputs/link is skipped"));

        Path replaced = folder.resolve("replaced");
        Files.createSymbolicLink(replaced, folder);
        assertThat(OutputFiles.store(replaced, context)).isEmpty();
    }

    @Test
    void filesGoIntoAnObjectOrBesideAnythingElse() {
        List<Map<String, Object>> files = List.of(Map.of("name", "a"));
        assertThat(OutputFiles.with("text", List.of(), context)).isEqualTo("text");
        assertThat(OutputFiles.with("text", files, context)).isEqualTo(Map.of("output", "text", "files", files));
        assertThat(OutputFiles.with(Map.of("n", 1), files, context)).isEqualTo(Map.of("n", 1, "files", files));
        assertThat(OutputFiles.with(Map.of("files", 1), files, context)).isEqualTo(Map.of("files", files));
        assertThat(context.lines()).hasSize(1);
    }
}
