package dev.callboard.documents.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.callboard.documents.search.Shelf.Doc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to the index's files, the next answer is the right one. */
class IndexDamageTest {
    private static final Map<String, Object> QUESTION =
            Map.of("q", "goat number", "mode", "hybrid", "limit", 100, "vector", Shelf.base64(0.6f, 0.8f));

    @TempDir
    Path folder;

    private Shelf shelf;
    private Path place;

    @BeforeEach
    void anIndexOfSeveralSegments() throws Exception {
        shelf = new Shelf(folder);
        for (int i = 0; i < 4; i++) {
            Map<String, float[]> vectors = new LinkedHashMap<>();
            vectors.put("d" + i + "-0", Vectors.normalised(new float[] {i, 1}).orElseThrow());
            shelf.index(vectors, Doc.of("d" + i, "Goat number " + i + ".", "Another goat."));
        }
        place = IndexPlace.in(folder);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> !file.endsWith(IndexWriter.WRITE_LOCK_NAME))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void anyDamageIsRepaired() throws Exception {
        List<Object> before = Shelf.ids(shelf.ask(QUESTION));
        assertThat(before).hasSize(8);
        Random random = new Random(1);
        int rebuilt = 0;
        for (int i = 0; i < 100; i++) {
            OpenIndexes.forget(place);
            List<Path> files = files();
            Path file = files.get(random.nextInt(files.size()));
            damage(file, random);
            int lines = shelf.context().lines().size();
            Map<String, Object> answer = shelf.ask(QUESTION);
            assertThat(Shelf.ids(answer))
                    .as("damage %s of %s", i, file.getFileName())
                    .hasSameElementsAs(before);
            assertThat(Shelf.warnings(answer)).hasSize(0);
            rebuilt += shelf.context().lines().size() > lines ? 1 : 0;
        }
        assertThat(rebuilt).as("damage that was seen").isGreaterThan(90);
    }

    private static void damage(Path file, Random random) throws IOException {
        long size = Files.size(file);
        switch (random.nextInt(4)) {
            case 0 -> Files.delete(file);
            case 1 -> {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(random.nextInt((int) size));
                }
            }
            case 2 -> Files.write(file, new byte[(int) size]);
            default -> {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    long at = random.nextInt((int) size);
                    ByteBuffer one = ByteBuffer.allocate(1);
                    channel.read(one, at);
                    one.put(0, (byte) (one.get(0) ^ (1 << random.nextInt(8))));
                    channel.write(one.flip(), at);
                }
            }
        }
    }

    @Test
    void theStageRepairsItToo() throws Exception {
        OpenIndexes.forget(place);
        Files.write(files().get(0), new byte[3]);
        assertThat(shelf.index(Doc.of("e", "A goat more.")))
                .containsEntry("index", Map.of("chunks", 9, "documents", 5));
        assertThat(Shelf.ids(shelf.ask(QUESTION))).hasSize(9);
    }

    @Test
    void aFolderThatIsGoneIsMadeAgain() throws Exception {
        OpenIndexes.forget(place);
        for (Path file : files()) {
            Files.delete(file);
        }
        Files.deleteIfExists(place.resolve(IndexWriter.WRITE_LOCK_NAME));
        Files.delete(place);
        assertThat(Shelf.ids(shelf.ask(QUESTION))).hasSize(8);
    }

    @Test
    void anIndexThatShrinksWhileItIsOpenIsReadAgain() throws Exception {
        assertThat(Shelf.ids(shelf.ask(QUESTION))).hasSize(8);
        for (Path file : files()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(20);
            }
        }
        assertThat(Shelf.ids(shelf.ask(QUESTION))).hasSize(8);
    }

    @Test
    void anIndexOfAnotherFormatIsMadeAgain() throws Exception {
        OpenIndexes.forget(place);
        try (Directory directory = IndexFiles.open(place);
                IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
            writer.setLiveCommitData(Map.of(OpenIndex.FORMAT, "0").entrySet());
        }
        assertThat(Shelf.ids(shelf.ask(QUESTION))).hasSize(8);
        assertThat(shelf.context().lines())
                .contains("The search index was damaged or of another version: it is made again from the library.");
    }

    @Test
    void filesThatAKilledWriterLeftDoNoHarm() throws Exception {
        OpenIndexes.forget(place);
        for (String name : List.of("_z.si", "_z.cfs", "_z.fdt", "pending_segments_zz", "_z_1.tmp", "other.txt")) {
            Files.write(place.resolve(name), "half of it".getBytes(StandardCharsets.UTF_8));
        }
        List<String> lines = new ArrayList<>(shelf.context().lines());
        assertThat(Shelf.ids(shelf.ask(QUESTION))).hasSize(8);
        assertThat(shelf.context()
                        .lines()
                        .subList(lines.size(), shelf.context().lines().size()))
                .as("not made again")
                .noneMatch(line -> line.contains("made again"));
    }

    @Test
    void whatIsNotWholeDoesNotAnswer() throws Exception {
        OpenIndexes.forget(place);
        try (IndexUpdate update = IndexUpdate.begin(place, Optional.empty())) {
            update.commitPiece();
        }
        try (WriteLock held =
                WriteLock.take(place, Duration.ZERO, shelf.context()).orElseThrow()) {
            assertThat(held.folder()).isEqualTo(place);
            assertThat(catchThrowable(() -> new CurrentIndex(shelf.context(), place, Duration.ZERO).hold()))
                    .hasMessage(
                            "The search index is being made again by another process: 0 of 4 documents are in it; ask"
                                    + " again in a while.");
            assertThat(new Reconciliation(shelf.context(), held, System.nanoTime()).run())
                    .as("no time")
                    .isFalse();
        }
        assertThat(Shelf.ids(shelf.ask(QUESTION))).hasSize(8);
    }
}
