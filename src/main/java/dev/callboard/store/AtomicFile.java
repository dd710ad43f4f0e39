package dev.callboard.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a file whole or not at all: temporary file, fsync, rename, fsync of the folder. Overwriting in place would
 * leave half a file behind when the disk is full.
 */
public final class AtomicFile {
    private static final String SUFFIX = ".tmp";

    private AtomicFile() {}

    /** Replaces a file by these bytes. */
    public static void write(Path file, byte[] bytes) throws IOException {
        replace(prepare(file, bytes), file);
    }

    /** Writes the bytes beside the file, to disk; returns where. */
    public static Path prepare(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(folderOf(file));
        Path temporary = file.resolveSibling(file.getFileName() + SUFFIX);
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            return temporary;
        } catch (IOException e) {
            discard(temporary, e);
            throw e;
        }
    }

    /** Puts what was prepared in the file's place. */
    public static void replace(Path prepared, Path file) throws IOException {
        try {
            Files.move(prepared, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            discard(prepared, e);
            throw e;
        }
        syncFolder(folderOf(file));
    }

    /**
     * As {@link #replace(Path, Path)}; what is in the file's place, a file, a folder or a link, is kept aside. What can be
     * copied stays in its place until it is replaced; a folder cannot, and comes back when that fails.
     */
    public static void replace(Path prepared, Path file, Path aside) throws IOException {
        if (Files.isRegularFile(file) && Files.isReadable(file)) {
            write(aside, Files.readAllBytes(file));
            replace(prepared, file);
            return;
        }
        if (Files.isSymbolicLink(file)) {
            Files.createSymbolicLink(aside, Files.readSymbolicLink(file));
            replace(prepared, file);
            return;
        }
        Files.move(file, aside);
        try {
            replace(prepared, file);
        } catch (IOException e) {
            try {
                Files.move(aside, file);
            } catch (IOException back) {
                e.addSuppressed(back);
            }
            throw e;
        }
    }

    /**
     * The file to replace: what a link leads to, so that the link stays; else the file itself. A link that leads nowhere is
     * itself.
     */
    public static Path target(Path file) throws IOException {
        return Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file;
    }

    private static void discard(Path temporary, IOException reason) {
        try {
            if (Files.isRegularFile(temporary)) {
                Files.delete(temporary);
            }
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** Removes what writes of this file left behind when the process was killed. */
    public static void removeLeftovers(Path file) throws IOException {
        removeLeftovers(folderOf(file), file.getFileName() + "*");
    }

    /** Removes what writes of the files of these names left behind; a glob. */
    public static void removeLeftovers(Path folder, String names) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, names + SUFFIX)) {
            for (Path leftover : leftovers) {
                if (Files.isRegularFile(leftover)) {
                    Files.delete(leftover);
                }
            }
        }
    }

    private static Path folderOf(Path file) {
        @Nullable Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    /** Removes a file, on the disk too. */
    public static void remove(Path file) throws IOException {
        Files.delete(file);
        syncFolder(folderOf(file));
    }

    /**
     * Replaces a file without waiting for the disk: whole or not at all when this process ends, but not when the machine does
     * before {@link #syncInPlace}.
     */
    static void writeUnsynced(Path file, ByteBuffer bytes) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + SUFFIX);
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            discard(temporary, e);
            throw e;
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Brings a file that was replaced, and that it was, to the disk. */
    static void syncInPlace(Path file) throws IOException {
        sync(file);
        syncFolder(folderOf(file));
    }

    /** Brings a written file to the disk. */
    static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** A rename is only on the disk when its folder is. */
    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
