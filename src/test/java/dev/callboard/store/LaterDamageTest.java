package dev.callboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Damage in {@code .data}, of which a start compares a part only where it is large. */
class LaterDamageTest extends RowsFixture {
    private static final int ROW = ROWS / 2;

    private List<Path> copies() throws IOException {
        Path folder = dir.resolve("damaged/data-0001");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private void assertThatItIsFound(Hsqldb hsqldb, int at) {
        long block = at / BlockSums.BLOCK;
        await().untilAsserted(() -> assertThat(hsqldb.findings())
                .singleElement()
                .asString()
                .contains("db/callboard.data is damaged between byte " + block * BlockSums.BLOCK + " and "
                        + (block + 1) * BlockSums.BLOCK + ":")
                .contains("Restore"));
    }

    @Test
    void whatTheStartLeavesIsComparedLaterAndSaidAtEachStart() throws Exception {
        filled().shutDown();
        int at = damage(files, ROW);
        Hsqldb hsqldb = opened();
        assertThatItIsFound(hsqldb, at);
        assertThat(copies()).singleElement().satisfies(copy -> assertThat(
                        Files.readAllBytes(copy)[at % BlockSums.BLOCK])
                .isEqualTo((byte) 'y'));
        execute(hsqldb, "UPDATE one SET number = 0 WHERE id = " + ROW);
        hsqldb.checkpoint();
        hsqldb.shutDown();
        hsqldb = opened();
        assertThatItIsFound(hsqldb, at);
        hsqldb.shutDown();
    }

    @Test
    void whatIsComparedAtTheStartIsRefused() throws Exception {
        filled().shutDown();
        damage(files, ROW);
        assertThatThrownBy(() -> opened(dir, RowCheck.AT_START)).hasMessageContaining("db/callboard.data");
        int last = ROWS - 1;
        damage(files, last);
        assertThatThrownBy(this::opened).as("the newest rows").hasMessageContaining("db/callboard.data");
    }

    @Test
    void damageWhereTheLogWritesIsFoundBeforeTheStartGoesOn() throws Exception {
        Hsqldb hsqldb = filled();
        execute(hsqldb, "UPDATE one SET number = 1 WHERE id = " + (ROW + 1));
        hsqldb.closeNow();
        int at = damage(files, ROW);
        Hsqldb again = new Hsqldb(dir, CheckedStream.DiskSync.system(), 1);
        again.open();
        assertThat(again.findings()).isNotEmpty();
        assertThatItIsFound(again, at);
        again.checkpoint();
        again.shutDown();
    }

    @Test
    void whatIsWrittenMeanwhileIsNotDamage() throws Exception {
        Hsqldb hsqldb = filled();
        // What does not fit is written before a checkpoint.
        execute(hsqldb, "SET FILES CACHE ROWS 1000");
        hsqldb.shutDown();
        StartCheck check = new StartCheck(files, 1);
        check.run();
        CarriedSums sums = new CarriedSums(files);
        sums.begin(check.compared());
        try (Connection connection = DriverManager.getConnection(hsqldb.url(), Hsqldb.USER, Hsqldb.NO_PASSWORD)) {
            execute(connection, "UPDATE one SET number = number + 1 WHERE MOD(id, 100) < 50");
            try (BackupPages pages = BackupPages.open(files.backup())) {
                BitSet both = pages.blocks();
                both.and(check.compared().orElseThrow().unchecked());
                assertThat(both.cardinality()).isGreaterThan(10);
            }
            boolean more;
            do {
                more = sums.compareMore();
            } while (more);
            assertThat(sums.finding()).isEmpty();
            execute(connection, "SHUTDOWN");
        }
    }

    @Test
    void aCopyIsComparedWhole() throws Exception {
        filled().shutDown();
        Path copied = dir.resolve("copied");
        copy(files.folder(), copied.resolve("db"));
        opened(copied, 1).shutDown();
        Path damaged = dir.resolve("damaged-copy");
        copy(files.folder(), damaged.resolve("db"));
        damage(new DatabaseFiles(damaged), ROW);
        assertThatThrownBy(() -> opened(damaged, 1)).hasMessageContaining("db/callboard.data");
    }

    /** As the version before wrote it: one checksum for all. */
    private void writeVersionOne() throws IOException {
        SavedChecksums saved = SavedChecksums.read(files.sums()).orElseThrow();
        SavedChecksums.Sum rows = FileSums.of(files.rows(), saved.rows().length());
        SavedChecksums.Sum script = FileSums.of(files.script(), Files.size(files.script()));
        String start =
                "callboard-sums 1\nstamp " + saved.stamp() + "\nscript " + text(script) + "\ndata " + text(rows) + "\n";
        CRC32C crc = new CRC32C();
        crc.update((start + "0").getBytes());
        Files.writeString(files.sums(), start + "log " + text(new SavedChecksums.Sum(0, (int) crc.getValue())) + "\n");
    }

    private static String text(SavedChecksums.Sum sum) {
        return sum.length() + " " + HexFormat.of().toHexDigits(sum.crc());
    }

    @Test
    void checksumsOfTheVersionBeforeAreReadAndMadeAnew() throws SQLException, IOException {
        filled().shutDown();
        writeVersionOne();
        assertThat(SavedChecksums.read(files.sums()).orElseThrow().rows()).isInstanceOf(SavedChecksums.Sum.class);
        Hsqldb hsqldb = opened();
        assertThat(hsqldb.findings()).isEmpty();
        assertThat(SavedChecksums.read(files.sums()).orElseThrow().rows()).isInstanceOf(BlockSums.class);
        hsqldb.shutDown();
        writeVersionOne();
        damage(files, ROW);
        assertThatThrownBy(this::opened).hasMessageContaining("db/callboard.data");
    }

    @Test
    void damagedChecksumsAreSaid() throws Exception {
        filled().shutDown();
        byte[] sums = Files.readAllBytes(files.sums());
        sums[sums.length / 2] ^= 1;
        Files.write(files.sums(), sums);
        Hsqldb hsqldb = opened();
        assertThat(hsqldb.findings()).singleElement().asString().contains("db/callboard.sums is damaged");
        hsqldb.shutDown();
    }
}
