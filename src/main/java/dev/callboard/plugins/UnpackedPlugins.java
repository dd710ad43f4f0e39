package dev.callboard.plugins;

import dev.callboard.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The plugins of the server's jar, unpacked once into the user's cache, where {@code bin/callboard} keeps its archives too, and
 * loaded from there by every start: nothing of them is in the data folder. Each start compares the file with the checksum that
 * the server's jar has of it.
 */
final class UnpackedPlugins {
    /** What no start has used for so long is of a version that nobody runs any more. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final Duration TOUCHED_EVERY = Duration.ofDays(1);

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
        if (Files.isRegularFile(file) && Files.size(file) == jar.size()) {
            Optional<String> digest = digest(file, jar.crc());
            if (digest.isPresent()) {
                touch(file);
                return digest.get();
            }
        }
        Path folder = Objects.requireNonNull(file.getParent(), "it is in a folder");
        Path temporary = Files.createTempFile(folder, "callboard-", ".part");
        try {
            try (InputStream in = jar.open();
                    OutputStream out = Files.newOutputStream(temporary)) {
                in.transferTo(out);
            }
            String digest = digest(temporary, jar.crc())
                    .orElseThrow(() -> new IOException("the server's own jar is damaged: " + jar.file()));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            removeOld(folder);
            return digest;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Optional<String> digest(Path file, long crc) throws IOException {
        CheckedInputStream checked = new CheckedInputStream(Files.newInputStream(file), new CRC32());
        try (DigestInputStream in = new DigestInputStream(checked, Sha256.digest())) {
            in.transferTo(OutputStream.nullOutputStream());
            return checked.getChecksum().getValue() == crc
                    ? Optional.of(HexFormat.of().formatHex(in.getMessageDigest().digest()))
                    : Optional.empty();
        }
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
