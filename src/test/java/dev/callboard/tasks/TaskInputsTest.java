package dev.callboard.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.callboard.problem.Problem;
import dev.callboard.problem.ProblemException;
import dev.callboard.spi.BlobStore;
import dev.callboard.store.BlobFolder;
import dev.callboard.store.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text of a new task that cannot be stored is told as an upload would be. */
class TaskInputsTest {
    private static Throwable storing(BlobStore blobs) {
        NewTask task = NewTask.read(Map.of("title", "T", "input", List.of(Map.of("text", "some text"))));
        return catchThrowable(() -> new TaskInputs(blobs).store(task.input()));
    }

    /** Fails as a disk does. */
    private record Broken(String message) implements BlobStore {
        @Override
        public String put(InputStream bytes) throws IOException {
            throw new IOException(message);
        }

        @Override
        public InputStream open(String sha256) throws IOException {
            throw new IOException(message);
        }

        @Override
        public long size(String sha256) {
            return -1;
        }
    }

    @Test
    void aFullDiskIsReportedAsFull() {
        assertThat(storing(new Broken("No space left on device")))
                .isInstanceOfSatisfying(ProblemException.class, full -> {
                    assertThat(full.problem().kind()).isEqualTo(Problem.Kind.STORAGE_FULL);
                    assertThat(full.problem().code()).isEqualTo("storage_full");
                });
    }

    @Test
    void aTextLargerThanABlobMayBeIsReportedAsTooLarge(@TempDir Path folder) throws IOException {
        try (DataFolder data = DataFolder.open(folder)) {
            BlobFolder blobs = BlobFolder.of(data, 4);
            blobs.removeLeftovers();
            assertThat(storing(blobs)).isInstanceOfSatisfying(ProblemException.class, large -> assertThat(
                            large.problem().code())
                    .isEqualTo("blob_too_large"));
        }
    }

    @Test
    void aLongNameIsCutBetweenCharacters(@TempDir Path folder) throws IOException {
        try (DataFolder data = DataFolder.open(folder)) {
            BlobFolder blobs = BlobFolder.of(data, 1_000);
            blobs.removeLeftovers();
            String end = "x".repeat(254);
            NewTask task = NewTask.read(
                    Map.of("title", "T", "input", List.of(Map.of("text", "a", "name", "aa\ud83d\ude00" + end))));
            assertThat(new TaskInputs(blobs).store(task.input()).get(0)).containsEntry("name", end);
        }
    }

    @Test
    void anythingElseStaysAFailure() {
        assertThat(storing(new Broken("Input/output error")))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("Input/output error");
    }
}
