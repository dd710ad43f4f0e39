package dev.callboard.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.hsqldb.lib.EventLogInterface;
import org.hsqldb.lib.FileAccess;
import org.hsqldb.lib.FileUtil;

/** HSQLDB's way to the files of the database, which gives it streams that remember what it does not pass on. */
final class CheckedFiles implements FileAccess {
    private final FileAccess files = FileUtil.getFileAccess(false);
    private final CommitLog log;
    private final CheckedStream.DiskSync disk;

    CheckedFiles(CommitLog log, CheckedStream.DiskSync disk) {
        this.log = log;
        this.disk = disk;
    }

    private OutputStream open(String name, boolean append) throws IOException {
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
