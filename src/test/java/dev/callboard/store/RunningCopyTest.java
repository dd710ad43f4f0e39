package dev.callboard.store;

import static dev.callboard.store.DatabaseTest.await;
import static dev.callboard.store.DatabaseTest.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People copy the data folder of a server that runs, and start from the copy. */
class RunningCopyTest extends DatabaseFixture {
    @TempDir
    Path copies;

    private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
    private volatile boolean stopped;

    private void write(int id) {
        if (!stopped) {
            database.write(transaction -> insert(transaction, id)).onSuccess(done -> {
                acknowledged.add(id);
                write(id + 1);
            });
        }
    }

    @Test
    void aCopyThatIsTakenWhileTheServerWritesOpensWithAllThatWasAcknowledgedBefore() throws IOException {
        BlobFolder blobs = BlobFolder.of(folder, 1_000_000);
        blobs.removeLeftovers();
        String blob = blobs.put(new ByteArrayInputStream("kept".getBytes(StandardCharsets.UTF_8)));
        write(1);
        List<Comparator<Path>> orders = List.of(Comparator.naturalOrder(), Comparator.reverseOrder());
        for (int round = 0; round < 4; round++) {
            int more = acknowledged.size() + 20;
            await().until(() -> acknowledged.size() >= more);
            Set<Integer> before = new TreeSet<>(acknowledged);
            Path copy = copy(round, orders.get(round % 2));
            opens(copy, before, blob);
        }
        stopped = true;
    }

    private void opens(Path copy, Set<Integer> before, String blob) throws IOException {
        try (DataFolder copied = DataFolder.open(copy)) {
            Database opened;
            try {
                opened = await(Database.open(vertx, copied));
            } catch (CompletionException refused) {
                assertThat(refused).hasMessageContaining(copy.toString()).hasMessageContaining("backup");
                return;
            }
            assertThat(UnsureCommitTest.ids(opened)).as("%s", copy).containsAll(before);
            int free = 32_000;
            await(opened.write(transaction -> insert(transaction, free)));
            assertThat(UnsureCommitTest.ids(opened)).contains(free);
            await(opened.close());
            try (InputStream bytes = BlobFolder.of(copied, 1_000_000).open(blob)) {
                assertThat(bytes.readAllBytes()).asString().isEqualTo("kept");
            }
        }
    }

    /** One file after the other, as cp does it; what is removed meanwhile is left out. */
    private Path copy(int round, Comparator<Path> order) throws IOException {
        Path from = folder.path();
        Path to = copies.resolve("copy" + round);
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(from)) {
            files.addAll(all.filter(Files::isRegularFile).sorted(order).toList());
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.resolveSibling(""));
            try {
                Files.copy(file, target);
            } catch (NoSuchFileException e) {
                assertThat(file).doesNotExist();
            }
        }
        return to;
    }
}
