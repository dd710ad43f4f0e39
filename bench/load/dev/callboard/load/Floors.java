package dev.callboard.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/** What the machine can do at the best, on the disk that the server's data is on: each without anything of the server. */
final class Floors implements AutoCloseable {
    private static final int PAGE = 4096;
    private static final String INSERT = "INSERT INTO bare VALUES (?, ?)";

    private final Path file;
    private final Connection database;
    private final String end;
    private final BareSteps steps;
    private long id;

    private Floors(Path folder, Connection database, String end) throws SQLException {
        this.file = folder.resolve("floor.bin");
        this.database = database;
        this.end = end;
        try (Statement statement = database.createStatement()) {
            statement.execute("CREATE TABLE bare (id BIGINT NOT NULL PRIMARY KEY, value VARCHAR(200) NOT NULL)");
        }
        this.steps = new BareSteps(database);
        database.setAutoCommit(false);
    }

    /** Opens a database of its own in that folder, with the server's settings. */
    static Floors ofHsqldb(Path folder) throws SQLException {
        Connection database = DriverManager.getConnection(
                "jdbc:hsqldb:file:" + folder.resolve("floor/db")
                        + ";hsqldb.lock_file=false;hsqldb.default_table_type=cached;hsqldb.tx=mvcc"
                        + ";hsqldb.write_delay=false;sql.syntax_pgs=true",
                "SA",
                "");
        try (Statement statement = database.createStatement()) {
            statement.execute("SET FILES WRITE DELAY FALSE");
            statement.execute("SET FILES LOG SIZE 0");
        }
        return new Floors(folder, database, "SHUTDOWN");
    }

    /** Uses tables of its own in the server's database. */
    static Floors ofPostgres(Path folder, String url) throws SQLException {
        return new Floors(folder, DriverManager.getConnection(url), "SELECT 1");
    }

    /** The median time of a transaction of the rows that one step changes, in milliseconds. */
    double stepMs(long windowMs) throws SQLException {
        return steps.p50Ms(windowMs);
    }

    /** Appends of 4 KiB, each brought to the disk before the next, a second. */
    double appends(long windowMs) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(PAGE);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            long started = System.nanoTime();
            long until = started + TimeUnit.MILLISECONDS.toNanos(windowMs);
            long count = 0;
            while (System.nanoTime() < until) {
                page.clear();
                while (page.hasRemaining()) {
                    channel.write(page);
                }
                channel.force(false);
                count++;
            }
            return count * 1e9 / (System.nanoTime() - started);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Transactions of one row, each brought to the disk before the next, a second. */
    double transactions(long windowMs) throws SQLException {
        try (PreparedStatement insert = database.prepareStatement(INSERT)) {
            long started = System.nanoTime();
            long until = started + TimeUnit.MILLISECONDS.toNanos(windowMs);
            long count = 0;
            while (System.nanoTime() < until) {
                insert.setLong(1, id++);
                insert.setString(2, "a value of some length, as a short row has it");
                insert.executeUpdate();
                database.commit();
                count++;
            }
            return count * 1e9 / (System.nanoTime() - started);
        }
    }

    @Override
    public void close() throws SQLException {
        try (database;
                Statement statement = database.createStatement()) {
            statement.execute(end);
        }
    }
}
