package dev.callboard.documents.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.documents.search.Shelf.Doc;
import dev.callboard.spi.testing.RecordingStageContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other processes that use the same folder, and end while they do. */
class KilledIndexTest {
    private static final int TASKS = 12;
    private static final int KILLS = 6;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endThem() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** The documents of a task, the same in every process. */
    private static Doc[] task(int number) {
        Doc[] docs = new Doc[20];
        for (int i = 0; i < docs.length; i++) {
            List<String> texts = new ArrayList<>();
            for (int chunk = 0; chunk < 10; chunk++) {
                texts.add("Goat number " + chunk + " of task " + number + " grazes on hill " + i + ".");
            }
            docs[i] = new Doc("t" + number + "-" + i, "Hills", "en", texts);
        }
        return docs;
    }

    /** Indexes one task after the other, and says of each part and document what it does. */
    static final class Indexing {
        private Indexing() {}

        public static void main(String[] arguments) throws Exception {
            Shelf shelf = new Shelf(Path.of(arguments[0]));
            for (int number = 0; number < TASKS; number++) {
                List<Doc> docs = List.of(task(number));
                shelf.task(docs);
                new IndexStage().execute(new Talking(shelf.context()), Shelf.chunks(docs));
            }
        }
    }

    /** Takes the lock and keeps it. */
    static final class Holding {
        private Holding() {}

        public static void main(String[] arguments) throws Exception {
            RecordingStageContext context = new RecordingStageContext();
            try (WriteLock lock = WriteLock.take(Path.of(arguments[0]), Duration.ZERO, context)
                    .orElseThrow()) {
                System.out.println(lock.folder());
                System.in.read();
            }
        }
    }

    private Process start(Class<?> program, Path argument) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        argument.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(process);
        return process;
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void whereverAWriterIsKilledTheNextAnswerIsWhole() throws Exception {
        Shelf library = new Shelf(folder.resolve("other"));
        for (int number = 0; number < TASKS; number++) {
            library.index(task(number));
        }
        Shelf shelf = new Shelf(folder.resolve("killed"));
        library.context().library().parts("index").forEach(shelf.context().library()::put);
        for (var part : library.context().library().parts("index")) {
            shelf.context().blobs().put(library.context().blobs().open(part.blob()));
        }
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start(Indexing.class, folder.resolve("killed"));
            try (BufferedReader lines = output(process)) {
                // Each time at another line: some tasks on, and there at another document.
                for (int line = 0; line < 45 + 71 * kill; line++) {
                    assertThat(lines.readLine()).isNotNull();
                }
                process.destroyForcibly();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            Map<String, Object> answer = shelf.ask("grazing goat");
            assertThat(answer).containsEntry("total", TASKS * 20 * 10);
            assertThat(Shelf.warnings(answer)).isEmpty();
        }
    }

    @Test
    void anotherProcessHasTheLockUntilItEnds() throws Exception {
        Path place = IndexPlace.in(folder);
        RecordingStageContext context = new RecordingStageContext();
        Process process = start(Holding.class, place);
        try (BufferedReader lines = output(process)) {
            assertThat(lines.readLine()).isEqualTo(place.toString());
            assertThat(WriteLock.take(place, Duration.ofMillis(50), context)).isEmpty();
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        Optional<WriteLock> lock = WriteLock.take(place, Duration.ofSeconds(10), context);
        assertThat(lock).isPresent();
        lock.get().close();
    }
}
