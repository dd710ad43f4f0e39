package dev.callboard.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.hsqldb.Database;
import org.hsqldb.Session;
import org.hsqldb.jdbc.JDBCConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded database and the settings without which it loses acknowledged work. Everything here blocks. */
final class Hsqldb {
    private static final Logger LOG = LoggerFactory.getLogger(Hsqldb.class);

    static final String USER = "SA";

    /** The one user's password: the database has no port, the folder's permissions protect it. */
    static final String NO_PASSWORD = "";

    private final String url;
    private final DatabaseFiles files;
    private final HalfMade half;
    private final long checkedAtStart;
    private final CarriedSums rows;
    private final Checksums sums;
    private final CommitLog log;
    private final CheckedFiles checked;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile List<String> findings = List.of();
    private @Nullable Database database;

    Hsqldb(Path dataFolder) {
        this(dataFolder, CheckedStream.DiskSync.system());
    }

    Hsqldb(Path dataFolder, CheckedStream.DiskSync disk) {
        this(dataFolder, disk, RowCheck.AT_START);
    }

    /**
     * In the data folder.
     *
     * @param checkedAtStart bytes of the rows that are compared with their checksums before the database is open
     */
    Hsqldb(Path dataFolder, CheckedStream.DiskSync disk, long checkedAtStart) {
        files = new DatabaseFiles(dataFolder);
        half = new HalfMade(files);
        this.checkedAtStart = checkedAtStart;
        rows = new CarriedSums(files);
        sums = new Checksums(files, rows);
        log = new CommitLog(files.log(), sums, disk);
        checked = new CheckedFiles(log, disk, files.backup(), sums::beforeBackupIsRemoved);
        // No lock file: HSQLDB would wait up to 12 s after a crash, and DataFolder holds a lock already.
        url = "jdbc:hsqldb:file:" + files.base()
                + ";hsqldb.lock_file=false;hsqldb.default_table_type=cached;sql.syntax_pgs=true;hsqldb.tx=mvcc"
                + ";sql.lowercase_ident=true"
                + ";hsqldb.write_delay=false"
                // Else damage in the log passes for its end, and the checkpoint that follows removes the rest.
                + ";hsqldb.full_log_replay=true";
    }

    String url() {
        return url;
    }

    /** Whether there is one. */
    boolean exists() throws IOException {
        return !files.missing() && !half.isNew();
    }

    /** What was wrong with the files when they were opened, for people. */
    List<String> findings() {
        return Stream.concat(findings.stream(), rows.finding().stream()).toList();
    }

    /** What is known to be on the disk. */
    CommitLog log() {
        return log;
    }

    /**
     * A connection to the open database. To one that is closed it would open it again, unchecked.
     *
     * @throws SQLException {@code 08003} when it is closed
     */
    Connection connect() throws SQLException {
        lock.readLock().lock();
        try {
            if (database == null) {
                throw new SQLException("the database is closed", "08003");
            }
            return connectAnyway();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** As {@link #connect}, for reading: all statements of a transaction see the same moment. */
    Connection connectReader() throws SQLException {
        Connection connection = connect();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }

    private Connection connectAnyway() throws SQLException {
        return DriverManager.getConnection(url, USER, NO_PASSWORD);
    }

    /**
     * Checks the files, opens or creates the database and sets what it needs. What the URL says is ignored for an existing
     * database, so it is said again and read back. A new one is not kept before the first {@link #checkpoint()}.
     *
     * @throws dev.callboard.problem.ProblemException {@code database_damaged}
     * @throws IllegalStateException when a setting did not take
     */
    void open() throws SQLException, IOException {
        lock.writeLock().lock();
        try {
            half.goBack();
            boolean created = files.missing();
            if (created) {
                half.beginNew();
            }
            StartCheck check = new StartCheck(files, checkedAtStart);
            check.run();
            rows.begin(check.compared());
            checked.check(false);
            try (Connection connection = LogReplay.connect(url, checked, files, check)) {
                database = ((Session) connection.unwrap(JDBCConnection.class).getSession()).getDatabase();
                checked.check(true);
                log.forget();
                if (created) {
                    SafeSettings.applyToNew(connection);
                }
                SafeSettings.apply(connection);
            } catch (SQLException | RuntimeException e) {
                closeQuietly();
                throw e;
            }
            findings =
                    Stream.concat(findings.stream(), check.findings().stream()).toList();
            rows.compareLater();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** What is written until the next {@link #checkpoint()} is not kept when that is not reached: the next start begins again. */
    void beginUpgrade() throws SQLException, IOException {
        checkpoint();
        half.beginUpgrade(log.length());
    }

    /**
     * Writes all tables to their files and begins a new log, on whose end an eye is kept, and the checksums. Nobody may write
     * meanwhile.
     *
     * @throws IOException when the files are not sure afterwards: the database must be opened anew
     */
    void checkpoint() throws SQLException, IOException {
        int before = log.openings();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
            Optional<IOException> doubt = log.doubt(log.place());
            if (doubt.isPresent()) {
                throw doubt.get();
            }
            // HSQLDB says nothing of a checkpoint that did not succeed.
            if (log.openings() == before || !atRest()) {
                throw new IOException("the database could not write its files at a checkpoint");
            }
            // Before the connection is closed, which is a line of the log.
            beginSums(log.length());
            half.end();
        }
    }

    /** Whether the log is longer than that: the longer it is, the longer a start after a crash takes. */
    boolean wantsCheckpoint(long leastBytes) {
        return log.length() > leastBytes;
    }

    /** Closes the database as it is, writes nothing more, and cuts off the log what may not be on the disk. */
    void closeNow() throws IOException {
        lock.writeLock().lock();
        try {
            Database open = database;
            database = null;
            rows.stopComparing();
            log.abandon();
            sums.close();
            if (open != null) {
                open.close(Database.CLOSEMODE_IMMEDIATELY);
            }
            log.cutOffUnsure();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void closeQuietly() {
        Database open = database;
        database = null;
        log.abandon();
        if (open != null) {
            open.close(Database.CLOSEMODE_IMMEDIATELY);
        }
    }

    /** Cuts off the log what may not be on the disk; for a database that is closed. */
    void cutOffUnsure() throws IOException {
        log.cutOffUnsure();
    }

    /** Closes the database so that the next start need not replay its log. */
    void shutDown() throws SQLException, IOException {
        lock.writeLock().lock();
        try {
            if (database == null) {
                return;
            }
            rows.stopComparing();
            try (Connection connection = connectAnyway();
                    Statement statement = connection.createStatement()) {
                database = null;
                statement.execute("SHUTDOWN");
            }
            sums.close();
            if (atRest()) {
                beginSums(0);
                sums.close();
                half.end();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private boolean atRest() throws IOException {
        return files.state().equals(Optional.of("no"));
    }

    /** Without checksums the database is as safe as before, only its files are not checked at the next start. */
    private void beginSums(long logLength) {
        try {
            sums.begin(logLength);
        } catch (IOException e) {
            LOG.debug("no checksums until the next checkpoint", e);
        }
    }
}
