package dev.callboard.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A database of some MB whose rows are found in its files. */
abstract class RowsFixture {
    static final int ROWS = 10_000;

    @TempDir
    Path dir;

    DatabaseFiles files;

    static Hsqldb opened(Path data, long checkedAtStart) throws SQLException, IOException {
        Hsqldb hsqldb = new Hsqldb(data, CheckedStream.DiskSync.system(), checkedAtStart);
        hsqldb.open();
        hsqldb.checkpoint();
        return hsqldb;
    }

    /** As {@link #opened(Path, long)}: of the rows as few are compared at the start as can be. */
    Hsqldb opened() throws SQLException, IOException {
        return opened(dir, 1);
    }

    Hsqldb filled() throws SQLException, IOException {
        Files.createDirectories(dir.resolve("db"));
        files = new DatabaseFiles(dir);
        Hsqldb hsqldb = opened();
        try (Connection connection = hsqldb.connect()) {
            fill(connection);
        }
        hsqldb.checkpoint();
        return hsqldb;
    }

    static void fill(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        execute(connection, "CREATE TABLE one (id INTEGER PRIMARY KEY, number INTEGER, text VARCHAR(900))");
        execute(connection, "CREATE INDEX numbers ON one (number)");
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO one VALUES (?, ?, ?)")) {
            for (int id = 0; id < ROWS; id++) {
                insert.setInt(1, id);
                insert.setInt(2, (id * 7919) % ROWS);
                insert.setString(3, text(id));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
    }

    private static String text(int id) {
        return "row-" + id + "-" + "x".repeat(200);
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static void execute(Hsqldb hsqldb, String sql) throws SQLException {
        try (Connection connection = hsqldb.connect()) {
            execute(connection, sql);
        }
    }

    /** Changes a character of the text of a row where it stands in {@code .data}; returns the byte. */
    static int damage(DatabaseFiles files, int id) throws IOException {
        byte[] rows = Files.readAllBytes(files.rows());
        int at = new String(rows, StandardCharsets.ISO_8859_1).indexOf(text(id));
        rows[at + 100] = 'y';
        // Into the same file: another one would pass for a copy.
        Files.write(files.rows(), rows);
        return at + 100;
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> all = Files.list(from)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
