package dev.callboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of what a checkpoint changed nothing is missed: with any writes between any checkpoints, starts and crashes the checksums that
 * were carried on are those of the whole file. {@code -Dcallboard.checkpoints=1000 -Dseed=…} for more.
 */
class BlockSumsTest {
    private static final int CHECKPOINTS = Integer.getInteger("callboard.checkpoints", 40);

    @TempDir
    Path dir;

    private DatabaseFiles files;
    private Hsqldb hsqldb;

    private void open() throws SQLException, IOException {
        // As little as can be, so that most of it is compared later, or not before the next crash.
        hsqldb = new Hsqldb(dir, CheckedStream.DiskSync.system(), 1);
        hsqldb.open();
        hsqldb.checkpoint();
    }

    private void make() throws SQLException, IOException {
        Files.createDirectories(dir.resolve("db"));
        files = new DatabaseFiles(dir);
        open();
        try (Connection connection = hsqldb.connect();
                Statement statement = connection.createStatement()) {
            // What does not fit is written between checkpoints too.
            statement.execute("SET FILES CACHE ROWS 1000");
            statement.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, number INTEGER, text VARCHAR(9000))");
            statement.execute("CREATE INDEX numbers ON one (number)");
        }
        hsqldb.shutDown();
        open();
    }

    /** Writes some rows in one or several transactions, not all of which are kept. */
    private void write(Random random) throws SQLException {
        try (Connection connection = hsqldb.connect()) {
            connection.setAutoCommit(false);
            for (int i = random.nextInt(6); i > 0; i--) {
                for (int j = random.nextInt(200); j > 0; j--) {
                    write(connection, random);
                }
                if (random.nextInt(4) > 0) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
            }
        }
    }

    private static void write(Connection connection, Random random) throws SQLException {
        int id = random.nextInt(10_000);
        String text = "x".repeat(random.nextInt(20) == 0 ? random.nextInt(9_000) : random.nextInt(200));
        switch (random.nextInt(5)) {
            case 0 -> execute(connection, "DELETE FROM one WHERE id = ?", id);
            case 1 -> execute(connection, "UPDATE one SET number = ? WHERE id = ?", random.nextInt(), id);
            case 2 -> execute(connection, "UPDATE one SET text = ? WHERE id = ?", text, id);
            default ->
                execute(
                        connection,
                        "MERGE INTO one USING (VALUES(?, ?, ?)) AS v(i, n, t) ON id = i"
                                + " WHEN NOT MATCHED THEN INSERT VALUES i, n, t",
                        id,
                        random.nextInt(),
                        text);
        }
    }

    private static void execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }

    private void assertThatTheSumsAreThoseOfTheFile(String what) throws IOException {
        SavedChecksums saved = SavedChecksums.read(files.sums()).orElseThrow();
        BlockSums carried = (BlockSums) saved.rows();
        try (FileChannel rows = FileChannel.open(files.rows(), StandardOpenOption.READ)) {
            assertThat(carried.length()).as(what).isEqualTo(RowFile.used(rows));
            assertThat(carried.write())
                    .as(what)
                    .isEqualTo(BlockSums.of(rows, carried.length(), new BlockReader())
                            .write());
        }
        assertThat(hsqldb.findings()).as(what).isEmpty();
    }

    @Test
    void aBlockThatChangedIsNeverMissed() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        make();
        for (int i = 0; i < CHECKPOINTS; i++) {
            write(random);
            String how;
            switch (random.nextInt(8)) {
                case 0 -> {
                    how = "stop";
                    hsqldb.shutDown();
                    assertThatTheSumsAreThoseOfTheFile("seed " + seed + ", before start " + i);
                    open();
                }
                case 1, 2 -> {
                    how = "crash";
                    hsqldb.closeNow();
                    open();
                }
                default -> {
                    how = "checkpoint";
                    hsqldb.checkpoint();
                }
            }
            assertThatTheSumsAreThoseOfTheFile("seed " + seed + ", " + how + " " + i);
        }
        assertThat(Files.size(files.rows())).isGreaterThan(20 * BlockSums.BLOCK);
        hsqldb.shutDown();
    }
}
