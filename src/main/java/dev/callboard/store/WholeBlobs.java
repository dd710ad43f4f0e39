package dev.callboard.store;

import dev.callboard.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which blobs have the bytes that their names stand for. A file is read to its end once, and again only when it has changed
 * since: a disk that was full, a power cut or a copy may have left less than was written. Blocks.
 */
final class WholeBlobs {
    /** How many files are remembered, those that were asked for last. */
    private static final int REMEMBERED = 10_000;

    private static final int CHUNK = 64 * 1024;

    /** What tells one state of a file from another without reading it. */
    private record Seen(long size, Instant modified) {
        static Seen of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Seen(attributes.size(), attributes.lastModifiedTime().toInstant());
        }
    }

    private final Map<String, Seen> whole = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Whether a file has the bytes of that hash. */
    boolean isWhole(String sha256, Path file) throws IOException {
        Seen now = Seen.of(file);
        synchronized (whole) {
            if (now.equals(whole.get(sha256))) {
                return true;
            }
        }
        if (!sha256.equals(hash(file))) {
            return false;
        }
        synchronized (whole) {
            whole.put(sha256, now);
        }
        return true;
    }

    /** A file was just written with the bytes of that hash. */
    void written(String sha256, Path file) throws IOException {
        Seen now = Seen.of(file);
        synchronized (whole) {
            whole.put(sha256, now);
        }
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
