package dev.callboard.store;

import dev.callboard.hash.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A blob that is being written: a temporary file that becomes a blob when all its bytes are on the disk. Blocks. */
final class HalfBlob {
    /** How many bytes are written between two looks at the free space. */
    private static final long CHECK_EVERY = 1L << 20;

    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.digest();
    private final long limit;
    private final Reserve reserve;
    private long size;
    private long checkedTo = CHECK_EVERY;

    HalfBlob(Path file, long limit, Reserve reserve) throws IOException {
        this.file = file;
        this.limit = limit;
        this.reserve = reserve;
        reserve.require("the blobs", file.resolveSibling(""), 0);
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /**
     * Adds bytes.
     *
     * @throws BlobTooLargeException when the limit is passed
     * @throws dev.callboard.problem.ProblemException {@code storage_full} when it would take from the reserve
     */
    void write(ByteBuffer bytes) throws IOException {
        size += bytes.remaining();
        if (size > limit) {
            throw new BlobTooLargeException(limit);
        }
        if (size >= checkedTo) {
            reserve.require("the blobs", file.resolveSibling(""), bytes.remaining());
            checkedTo = size + CHECK_EVERY;
        }
        digest.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    long size() {
        return size;
    }

    /**
     * Syncs the bytes and gives them their name. A blob that exists already stays as it is when its file is whole; else this
     * one takes its place.
     */
    String finish(BlobFolder folder) throws IOException {
        String sha256 = HexFormat.of().formatHex(digest.digest());
        Path blob = folder.pathOf(sha256);
        if (Files.isRegularFile(blob)
                && Files.size(blob) == size
                && folder.whole().isWhole(sha256, blob)) {
            discard();
            // Whoever wrote it may have been stopped before the name was on the disk.
            sync(blob.resolveSibling(""));
            return sha256;
        }
        channel.force(true);
        channel.close();
        Path parent = blob.resolveSibling("");
        boolean newParent = !Files.exists(parent);
        Files.createDirectories(parent);
        Files.move(file, blob, StandardCopyOption.ATOMIC_MOVE);
        sync(parent);
        if (newParent) {
            sync(parent.resolveSibling(""));
        }
        folder.whole().written(sha256, blob);
        return sha256;
    }

    /** So that a name survives a power cut too. */
    private static void sync(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Leaves nothing behind. */
    void discard() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
