package dev.callboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.problem.Problem;
import dev.callboard.problem.ProblemException;
import dev.callboard.testing.DiskFault;
import dev.callboard.testing.Patience;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is opened on a disk in memory that has no room; skipped where it cannot be mounted. */
class StartRoomTest {
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path temporary;

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void onADiskWithoutRoomTheStartNamesTheFolderTheFreeBytesAndWhatToDoAndTouchesNothing() throws Exception {
        Path disk = temporary.resolve("disk");
        try (DiskFault fault = DiskFault.full(disk, 24);
                DataFolder folder = DataFolder.open(disk.resolve("data"))) {
            open(folder);
            Map<String, Long> before = sizes(folder);
            fault.begin();
            assertThat(problemOf(folder))
                    .contains(folder.path().toString(), " 0 bytes free", "Free some space", "--data", "start again");
            assertThat(sizes(folder)).isEqualTo(before);
            fault.end();
            open(folder);
        }
    }

    @Test
    void aNewFolderOnADiskWithoutRoomSaysTheSame() throws Exception {
        Path disk = temporary.resolve("disk");
        try (DiskFault fault = DiskFault.full(disk, 24);
                DataFolder folder = DataFolder.open(disk.resolve("data"))) {
            fault.begin();
            assertThat(problemOf(folder)).contains(folder.path().toString(), " 0 bytes free");
            assertThat(sizes(folder)).isEmpty();
        }
    }

    @Test
    void aCheckpointThatFailsAtTheStartIsOneSentenceToo() {
        Throwable failure = new IOException("the database could not write its files at a checkpoint");
        ProblemException problem = (ProblemException) StartRoom.explain(failure, temporary);
        assertThat(problem.problem().detail())
                .contains(temporary.toString(), "at a checkpoint", "bytes free", "start again");
        Throwable other = new IllegalStateException("a setting did not take");
        assertThat(StartRoom.explain(other, temporary)).isSameAs(other);
    }

    private String problemOf(DataFolder folder) {
        Throwable failure = Database.open(vertx, folder)
                .map(opened -> (Throwable) new AssertionError("it was opened"))
                .otherwise(refused -> refused)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(Patience.SOON.toSeconds(), TimeUnit.SECONDS)
                .join();
        assertThat(failure).isInstanceOf(ProblemException.class);
        Problem problem = ((ProblemException) failure).problem();
        assertThat(problem.code()).isEqualTo("storage_full");
        return problem.detail();
    }

    private void open(DataFolder folder) {
        get(get(Database.open(vertx, folder)).close());
    }

    private static <T> T get(Future<T> future) throws CompletionException {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(Patience.SOON.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static Map<String, Long> sizes(DataFolder folder) throws IOException {
        Path db = folder.path().resolve("db");
        Map<String, Long> sizes = new TreeMap<>();
        if (Files.isDirectory(db)) {
            try (Stream<Path> files = Files.walk(db)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    sizes.put(db.relativize(file).toString(), Files.size(file));
                }
            }
        }
        return sizes;
    }
}
