package dev.callboard.download;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Undoes a Content-Encoding of gzip that a server used although it was asked not to. At most 100 times as many bytes may
 * come out as went in (a mebibyte always may).
 */
final class Decoding {
    private static final int MAX_RATIO = 100;
    private static final long ALWAYS = 1L << 20;

    private Decoding() {}

    /**
     * What came out.
     *
     * @param head its first bytes
     */
    record Decoded(String sha256, long size, byte[] head) {}

    /**
     * Decodes one file into another.
     *
     * @throws DownloadFailure {@code too_compressed}, {@code too_large}, {@code total_too_large}; {@code bad_answer} when
     *     it is no gzip
     */
    static Decoded gunzip(Path from, Path to, long maxBytes, Budget budget) throws IOException, DownloadFailure {
        long most = Math.max(ALWAYS, MAX_RATIO * Files.size(from));
        MessageDigest digest = Hashing.sha256();
        byte[] head = new byte[MediaTypes.HEAD];
        long size = 0;
        boolean whole = false;
        try (InputStream in = opened(from);
                OutputStream out = Files.newOutputStream(to)) {
            byte[] buffer = new byte[64 * 1024];
            for (int count; (count = read(in, buffer)) >= 0; ) {
                if (size + count > most) {
                    throw DownloadFailure.lasting(
                            "too_compressed",
                            "The server compressed the file more than " + MAX_RATIO + " times, which is not unpacked.");
                }
                Exchange.requireSize(size + count, maxBytes);
                budget.take(count);
                if (size < head.length) {
                    System.arraycopy(buffer, 0, head, (int) size, (int) Math.min(count, head.length - size));
                }
                size += count;
                digest.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
            whole = true;
            return new Decoded(Hashing.hex(digest), size, Arrays.copyOf(head, (int) Math.min(size, head.length)));
        } finally {
            if (!whole) {
                budget.giveBack(size);
            }
        }
    }

    private static InputStream opened(Path from) throws IOException, DownloadFailure {
        InputStream file = Files.newInputStream(from);
        try {
            return new GZIPInputStream(file, 8192);
        } catch (ZipException | EOFException e) {
            file.close();
            throw broken();
        }
    }

    private static int read(InputStream in, byte[] buffer) throws IOException, DownloadFailure {
        try {
            return in.read(buffer);
        } catch (ZipException | EOFException e) {
            throw broken();
        }
    }

    private static DownloadFailure broken() {
        return DownloadFailure.lasting(
                "bad_answer", "The server says that the file is compressed with gzip, but it is not.");
    }
}
