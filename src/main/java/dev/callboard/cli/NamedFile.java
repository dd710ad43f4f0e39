package dev.callboard.cli;

import dev.callboard.problem.FileFaults;
import dev.callboard.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** A file that somebody names to be read: an ordinary one or a pipe. A device is none, since many of them never end. */
final class NamedFile {
    /** POSIX {@code sys/stat.h}: what a mode says of the kind of a file, and the kind of a pipe. */
    private static final int KIND = 0170000;

    private static final int PIPE = 0010000;

    private NamedFile() {}

    /** Why a path cannot be read, a clause without a full stop; nothing when it can. */
    static Optional<String> fault(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return Optional.of("it is a folder");
            }
            if (!attributes.isRegularFile() && !isPipe(path)) {
                return Optional.of("it is neither an ordinary file nor a pipe");
            }
            return Files.isReadable(path) ? Optional.empty() : Optional.of("access is denied");
        } catch (IOException e) {
            return Optional.of(FileFaults.reason(e));
        }
    }

    private static boolean isPipe(Path path) throws IOException {
        // Where modes are not known, as on Windows, what has a path and is no ordinary file is a pipe.
        return !path.getFileSystem().supportedFileAttributeViews().contains("unix")
                || Files.getAttribute(path, "unix:mode") instanceof Integer mode && (mode & KIND) == PIPE;
    }

    /**
     * All bytes of a file. Fails with {@code unreadable_file}; of a longer one no more than the limit is read.
     *
     * @param most the most bytes that it may have
     */
    static byte[] read(Path path, int most) {
        Optional<String> fault = fault(path);
        if (fault.isPresent()) {
            throw unreadable(path.toString(), fault.get());
        }
        try (InputStream bytes = Files.newInputStream(path)) {
            return read(bytes, path.toString(), most);
        } catch (IOException e) {
            throw unreadable(path.toString(), FileFaults.reason(e));
        }
    }

    /** As {@link #read(Path, int)}, of what is open already. */
    static byte[] read(InputStream bytes, String name, int most) throws IOException {
        byte[] read = bytes.readNBytes(most + 1);
        if (read.length > most) {
            throw unreadable(name, "it is larger than " + most + " bytes");
        }
        return read;
    }

    static ProblemException unreadable(String name, String reason) {
        return ProblemException.invalid("unreadable_file", name + " cannot be read: " + reason + ".");
    }
}
