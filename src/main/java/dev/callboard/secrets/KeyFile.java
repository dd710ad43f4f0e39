package dev.callboard.secrets;

import dev.callboard.config.SecretsConfig;
import dev.callboard.problem.FileFaults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the key is: in a variable of the environment, else in a file that its owner alone can read. Blocks.
 *
 * @param variable what {@link SecretsConfig#KEY_VARIABLE} has, null when it is not set
 */
record KeyFile(@Nullable String variable, Path file) {
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** Says what is wrong with the key, and what to do. */
    static final class KeyFault extends Exception {
        private static final long serialVersionUID = 1L;

        KeyFault(String message) {
            super(message);
        }
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return "KeyFile[" + file + "]";
    }

    /** The key; nothing when there is none yet. */
    Optional<SealingKey> load() throws KeyFault {
        if (variable != null) {
            return Optional.of(SealingKey.of(variable)
                    .orElseThrow(() -> new KeyFault("The variable " + SecretsConfig.KEY_VARIABLE
                            + " must have 32 bytes in Base64 or 64 hexadecimal digits.")));
        }
        try {
            requirePrivate();
            return Optional.of(SealingKey.of(Files.readString(file))
                    .orElseThrow(() -> new KeyFault("The key file " + file
                            + " must have 32 bytes in Base64 or 64 hexadecimal digits, and nothing else.")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new KeyFault("The key file " + file + " cannot be read: " + FileFaults.reason(e) + ".");
        }
    }

    /** The key; makes one when there is none. */
    SealingKey loadOrMake() throws KeyFault {
        Optional<SealingKey> there = load();
        if (there.isPresent()) {
            return there.get();
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            write(SealingKey.newKey() + "\n");
        } catch (FileAlreadyExistsException e) {
            // Somebody was faster: that one counts.
        } catch (IOException e) {
            throw new KeyFault("The key file " + file + " cannot be written: " + FileFaults.reason(e, file) + ".");
        }
        return load().orElseThrow(() -> new KeyFault("The key file " + file + " was removed again."));
    }

    private void write(String text) throws IOException {
        boolean posix = Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        if (posix) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER));
        } else {
            Files.createFile(fresh);
        }
        try (var channel = java.nio.channels.FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        // Whole or not there: a key that was cut off would lock what is sealed with it away.
        Files.move(fresh, file);
    }

    private void requirePrivate() throws IOException, KeyFault {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.removeAll(OWNER);
        if (!others.isEmpty()) {
            throw new KeyFault("The key file " + file + " can be read or changed by others ("
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    + "); run: chmod 600 " + file);
        }
    }
}
