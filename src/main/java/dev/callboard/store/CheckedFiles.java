package dev.callboard.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.hsqldb.lib.EventLogInterface;
import org.hsqldb.lib.FileAccess;
import org.hsqldb.lib.FileUtil;

/**
 * HSQLDB's way to the files of the database. Once the database is open, it gives HSQLDB streams that remember what it does not
 * pass on; and always says when the pages as they were before a checkpoint are removed.
 */
final class CheckedFiles implements FileAccess {
    private final FileAccess files = FileUtil.getFileAccess(false);
    private final CommitLog log;
    private final CheckedStream.DiskSync disk;
    private final Path backup;
    private final Runnable beforeBackupIsRemoved;
    private volatile boolean checking;

    /**
     * Gives way to some files.
     *
     * @param backup {@code .backup}
     * @param beforeBackupIsRemoved is also run when it is not there
     */
    CheckedFiles(CommitLog log, CheckedStream.DiskSync disk, Path backup, Runnable beforeBackupIsRemoved) {
        this.log = log;
        this.disk = disk;
        this.backup = backup.toAbsolutePath();
        this.beforeBackupIsRemoved = beforeBackupIsRemoved;
    }

    /** Whether streams that are opened from now on remember. */
    void check(boolean now) {
        checking = now;
    }

    private OutputStream open(String name, boolean append) throws IOException {
        if (!checking) {
            return append ? files.openOutputStreamElementAppend(name) : files.openOutputStreamElement(name);
        }
        Path path = Path.of(name);
        return log.is(path) ? log.open() : new CheckedStream(path, append, disk);
    }

    @Override
    public OutputStream openOutputStreamElement(String name) throws IOException {
        return open(name, false);
    }

    @Override
    public OutputStream openOutputStreamElementAppend(String name) throws IOException {
        return open(name, true);
    }

    @Override
    public FileSync getFileSync(OutputStream stream) throws IOException {
        return stream instanceof CheckedStream checked ? checked : files.getFileSync(stream);
    }

    @Override
    public InputStream openInputStreamElement(String name) throws IOException {
        return files.openInputStreamElement(name);
    }

    @Override
    public boolean isStreamElement(String name) {
        return files.isStreamElement(name);
    }

    @Override
    public void createParentDirs(String name) {
        files.createParentDirs(name);
    }

    @Override
    public boolean removeElement(String name) {
        if (Path.of(name).toAbsolutePath().equals(backup)) {
            beforeBackupIsRemoved.run();
        }
        return files.removeElement(name);
    }

    @Override
    public boolean renameElement(String from, String to) {
        return files.renameElement(from, to);
    }

    @Override
    public boolean renameElementOrCopy(String from, String to, EventLogInterface logger) {
        return files.renameElementOrCopy(from, to, logger);
    }
}
