package dev.callboard.plugins;

import dev.callboard.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of the server's jar, unpacked once into the user's cache, where {@code bin/callboard} keeps its archives too, and
 * loaded from there by every start: nothing of them is in the data folder. Each start compares the file with the checksum that
 * the server's jar has of it.
 */
final class UnpackedPlugins {
    /** What no start has used for so long is of a version that nobody runs any more. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private static final Duration TOUCHED_EVERY = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(UnpackedPlugins.class);

    private UnpackedPlugins() {}

    /** The folder, made where it can be; none where the user has no cache that can be written. */
    static Optional<Path> folder(Function<String, @Nullable String> environment) {
        try {
            Optional<Path> cache = cache(environment);
            if (cache.isEmpty()) {
                return cache;
            }
            Path folder = Files.createDirectories(cache.get().resolve("plugins"));
            return Files.isWritable(folder) && isOwn(folder) ? Optional.of(folder) : Optional.empty();
        } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** Whether nobody else can put a jar there: a checksum is no signature. */
    private static boolean isOwn(Path folder) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
        return attributes.owner().getName().equals(System.getProperty("user.name"))
                && !attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                && !attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }

    /** As {@code bin/callboard} chooses it; systemd may name several folders. */
    private static Optional<Path> cache(Function<String, @Nullable String> environment) {
        String systemd = environment.apply("CACHE_DIRECTORY");
        if (systemd != null && !systemd.isEmpty()) {
            return Optional.of(Path.of(systemd.split(":")[0]));
        }
        String user = environment.apply("XDG_CACHE_HOME");
        if (user != null && !user.isEmpty()) {
            return Optional.of(Path.of(user, "callboard"));
        }
        String home = environment.apply("HOME");
        return home == null || home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".cache", "callboard"));
    }

    /** Where a jar is or will be; a name of its own for each content. */
    static Path path(Path folder, BundledPlugins.Jar jar) {
        String name = jar.file().substring(jar.file().lastIndexOf('/') + 1).replaceFirst("\\.jar$", "");
        return folder.resolve(name + "-" + Long.toHexString(jar.crc()) + "-" + jar.size() + ".jar");
    }

    /** Has the jar there, whole; answers its SHA-256 in hexadecimal digits. */
    static String ensure(Path file, BundledPlugins.Jar jar) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) == jar.size() && crc(file) == jar.crc()) {
            touch(file);
            return noted(file);
        }
        Path folder = Objects.requireNonNull(file.getParent(), "it is in a folder");
        Path temporary = Files.createTempFile(folder, "callboard-", ".part");
        try {
            try (InputStream in = jar.open();
                    OutputStream out = Files.newOutputStream(temporary)) {
                in.transferTo(out);
            }
            if (crc(temporary) != jar.crc()) {
                throw new IOException("the server's own jar is damaged: " + jar.file());
            }
            // First: one of what was there before must not be taken for this one's.
            Files.deleteIfExists(note(file));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            removeOld(folder);
            return noted(file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static long crc(Path file) throws IOException {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[1 << 18];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
            }
        }
        return crc.getValue();
    }

    /** Its SHA-256; noted beside it, since a start would take longer for it than for all else about plugins. */
    private static String noted(Path file) throws IOException {
        Path note = note(file);
        if (Files.isRegularFile(note)) {
            String digest = Files.readString(note, StandardCharsets.ISO_8859_1);
            if (SHA_256.matcher(digest).matches()) {
                return digest;
            }
        }
        String digest = Sha256.hex(file);
        try {
            // One that was cut off is no SHA-256.
            Files.writeString(note, digest);
        } catch (IOException e) {
            LOG.debug("The next start hashes {} again", file, e);
        }
        return digest;
    }

    private static Path note(Path file) {
        return file.resolveSibling(file.getFileName() + ".sha256");
    }

    private static void touch(Path file) throws IOException {
        Instant now = Instant.now();
        if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(TOUCHED_EVERY))) {
            Files.setLastModifiedTime(file, FileTime.from(now));
        }
    }

    private static void removeOld(Path folder) throws IOException {
        Instant limit = Instant.now().minus(KEPT);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "callboard-*")) {
            for (Path file : files) {
                if (Files.isRegularFile(file)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
