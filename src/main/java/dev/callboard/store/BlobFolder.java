package dev.callboard.store;

import dev.callboard.problem.ProblemException;
import dev.callboard.spi.BlobStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Blobs as files {@code blobs/ab/cdef…} of the data folder, named by the SHA-256 of their bytes. A name appears only when
 * all bytes are on the disk.
 */
public final class BlobFolder implements BlobStore {
    /** The default for the most bytes of one blob: 1 GiB. */
    public static final long DEFAULT_LIMIT = 1L << 30;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int CHUNK = 64 * 1024;

    private final Path folder;
    private final Path unfinished;
    private final long limit;
    private final Reserve reserve;
    private final WholeBlobs whole = new WholeBlobs();

    private BlobFolder(Path folder, long limit, Reserve reserve) {
        this.folder = folder;
        this.reserve = reserve;
        this.unfinished = folder.resolve("unfinished");
        this.limit = limit;
    }

    /**
     * The blobs of a data folder.
     *
     * @param limit the most bytes of one blob
     */
    public static BlobFolder of(DataFolder data, long limit) {
        return of(data, limit, Reserve.standard());
    }

    /**
     * The blobs of a data folder.
     *
     * @param limit the most bytes of one blob
     * @param reserve what is kept free on their disk
     */
    public static BlobFolder of(DataFolder data, long limit, Reserve reserve) {
        return new BlobFolder(data.path().resolve("blobs"), limit, reserve);
    }

    /** Blobs of another folder, under the same limits. */
    public BlobFolder beside(Path other) {
        return new BlobFolder(other, limit, reserve);
    }

    /** Removes what an earlier process left half-written; before the first blob is stored. Blocks. */
    public void removeLeftovers() throws IOException {
        Files.createDirectories(unfinished);
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(unfinished)) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        }
    }

    /** Whether a text is a SHA-256 as blobs have it: 64 lower-case hexadecimal digits. */
    public static boolean isSha256(String text) {
        return SHA256.matcher(text).matches();
    }

    /** Where the blob of that name is or would be. */
    public Path pathOf(String sha256) {
        if (!isSha256(sha256)) {
            throw new IllegalArgumentException("not a SHA-256: " + sha256);
        }
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
    }

    /** @throws DamagedBlobException when its file has other bytes than those of its name */
    @Override
    public InputStream open(String sha256) throws IOException {
        try {
            return Files.newInputStream(wholeFile(sha256));
        } catch (NoSuchFileException e) {
            FileNotFoundException missing = new FileNotFoundException("there is no blob " + sha256);
            missing.initCause(e);
            throw missing;
        }
    }

    /**
     * The file of a blob that is there.
     *
     * @throws DamagedBlobException when it has other bytes than those of its name
     */
    public Path wholeFile(String sha256) throws IOException {
        Path file = pathOf(sha256);
        if (!whole.isWhole(sha256, file)) {
            throw new DamagedBlobException(sha256);
        }
        return file;
    }

    WholeBlobs whole() {
        return whole;
    }

    @Override
    public long size(String sha256) throws IOException {
        try {
            return Files.size(pathOf(sha256));
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    @Override
    public String put(InputStream bytes) throws IOException {
        try {
            return store(bytes);
        } catch (ProblemException full) {
            // Stages know this failure as the disk's.
            throw new IOException("No space left on device: " + full.problem().detail(), full);
        }
    }

    private String store(InputStream bytes) throws IOException {
        HalfBlob half = begin();
        try {
            byte[] chunk = new byte[CHUNK];
            for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
                half.write(ByteBuffer.wrap(chunk, 0, read));
            }
            return half.finish(this);
        } catch (IOException | RuntimeException e) {
            half.discard();
            throw e;
        }
    }

    HalfBlob begin() throws IOException {
        return new HalfBlob(unfinished.resolve(UUID.randomUUID().toString()), limit, reserve);
    }

    /**
     * A stored blob.
     *
     * @param sha256 its name
     * @param size in bytes
     */
    public record Stored(String sha256, long size) {}

    /**
     * Stores all bytes of a stream, off the event loop, no faster than the disk takes them.
     *
     * @param stream paused; stays paused when storing fails before its end
     * @return fails with a {@link ProblemException} ({@code blob_too_large}, {@code storage_full}) or with the stream's own
     *     failure; nothing is kept then
     */
    public Future<Stored> put(Vertx vertx, ReadStream<Buffer> stream) {
        return new BlobUpload(vertx, this, stream).start().recover(failure -> Future.failedFuture(explain(failure)));
    }

    /** What a failure to read or store a blob means to the one who asked: a problem where there is one for it, else as it is. */
    public static Throwable explain(Throwable failure) {
        if (failure instanceof DamagedBlobException) {
            return ProblemException.unavailable("blob_damaged", String.valueOf(failure.getMessage()));
        }
        return failure instanceof BlobTooLargeException
                ? ProblemException.tooLarge("blob_too_large", "The input has " + failure.getMessage() + ".")
                : Failures.explain(failure);
    }
}
