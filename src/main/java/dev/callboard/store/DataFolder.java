package dev.callboard.store;

import dev.callboard.problem.FileFaults;
import dev.callboard.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder that one running Callboard owns: {@code db/} and {@code blobs/} are in it. The lock is the operating
 * system's and so ends with the process, however it ends.
 */
public final class DataFolder implements AutoCloseable {
    /** The code of the problem that another Callboard has the folder. */
    public static final String IN_USE = "data_folder_in_use";

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Creates the folder where it is missing and takes its lock. Blocks shortly.
     *
     * @throws ProblemException {@code data_folder_in_use} when another process (or another part of this one) holds it,
     *     {@code data_folder_unusable} when it cannot be created or written
     */
    public static DataFolder open(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        // The database takes the one for the end of the path, and the other for a variable.
        for (String bad : new String[] {";", "${"}) {
            if (folder.toString().contains(bad)) {
                throw ProblemException.unavailable(
                        "data_folder_unusable",
                        "The data folder " + folder + " has '" + bad + "' in its path; choose another one.");
            }
        }
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    folder.resolve("callboard.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw ProblemException.unavailable(
                        IN_USE,
                        "The data folder " + path
                                + " is in use by another Callboard; use --server URL to submit to it.");
            }
            return new DataFolder(folder, channel);
        } catch (IOException e) {
            throw ProblemException.unavailable(
                    "data_folder_unusable",
                    "The data folder " + path + " cannot be used: " + FileFaults.reason(e, path) + ".");
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very process; for the caller the same as held by another.
            return null;
        }
    }

    /** The folder, absolute. */
    public Path path() {
        return path;
    }

    /** Gives the lock back. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
