package dev.callboard.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.hsqldb.lib.FileAccess;
import org.jspecify.annotations.Nullable;

/**
 * A file that HSQLDB writes. HSQLDB logs a failed flush or sync and goes on; this stream remembers the first failure and
 * refuses everything after it, so that nothing follows a torn statement.
 */
class CheckedStream extends OutputStream implements FileAccess.FileSync {
    private final Path path;
    private final FileOutputStream file;
    private final DiskSync disk;
    private volatile @Nullable IOException failure;
    private volatile boolean abandoned;

    CheckedStream(Path path, boolean append, DiskSync disk) throws IOException {
        this.path = path;
        this.file = new FileOutputStream(path.toFile(), append);
        this.disk = disk;
    }

    /** Brings what was written to a file to the disk. */
    @FunctionalInterface
    interface DiskSync {
        /** Returns when it is there. */
        void sync(Path path, FileDescriptor file) throws IOException;

        /** Runs something after each that went well. */
        default DiskSync counted(Runnable synced) {
            return (path, file) -> {
                sync(path, file);
                synced.run();
            };
        }

        /** Asks the operating system. */
        static DiskSync system() {
            return (path, file) -> file.sync();
        }
    }

    @Override
    public final void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public final void write(byte[] bytes, int offset, int length) throws IOException {
        if (abandoned) {
            return;
        }
        requireWhole();
        try {
            file.write(bytes, offset, length);
        } catch (IOException e) {
            throw failed(e);
        }
        written(bytes, offset, length);
    }

    @Override
    public final void sync() throws IOException {
        if (abandoned) {
            return;
        }
        requireWhole();
        try {
            disk.sync(path, file.getFD());
            synced();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
        if (!abandoned) {
            requireWhole();
        }
    }

    /** From now on nothing is written any more, and nobody is told. */
    final void abandon() {
        abandoned = true;
    }

    /** The first failure, if there was one. */
    final @Nullable IOException failure() {
        return failure;
    }

    /** These bytes were taken. */
    void written(byte[] bytes, int offset, int length) {}

    /**
     * What was written is on the disk.
     *
     * @throws IOException when it is not what it must be
     */
    void synced() throws IOException {}

    private void requireWhole() throws IOException {
        IOException before = failure;
        if (before != null) {
            throw new IOException(path.getFileName() + " was not written whole: " + before.getMessage(), before);
        }
    }

    private IOException failed(IOException reason) {
        failure = reason;
        return reason;
    }
}
