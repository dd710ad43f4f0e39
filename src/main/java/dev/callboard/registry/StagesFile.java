package dev.callboard.registry;

import dev.callboard.problem.FileFaults;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.AtomicFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of custom stages: {@code {"stages": [...]}}, sorted by id, written whole or not at all. Beside it stands
 * {@code .bak}, the last state that was known to be good. All methods block.
 */
final class StagesFile {
    /**
     * The most bytes that an edit may make of it: it is held as text, as bytes and as what they say while it is written, and
     * every open page is sent it.
     */
    private static final long MAX_BYTES =
            Math.max(16L << 20, Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16));

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    private final Path file;
    private final StagesBackup backup;
    /** What the last write put into the file, until the backup has it too. */
    private byte @Nullable [] notBackedUp;

    /** Names the file; it need not exist. */
    StagesFile(Path file) {
        this.file = file;
        this.backup = new StagesBackup(file.resolveSibling(file.getFileName() + ".bak"));
    }

    /** What distinguishes one state of the file from another without reading it; null when there is no file. */
    record Signature(Object key, long size, Instant modified) {}

    /**
     * What was read.
     *
     * @param document null when the file is unreadable
     * @param status how the file is
     * @param signature of what was read
     */
    record Content(@Nullable StagesDocument document, StagesFileStatus status, @Nullable Signature signature) {}

    /** The file was changed from outside since it was read or written last. */
    static final class OvertakenException extends IOException {
        private static final long serialVersionUID = 1L;

        OvertakenException() {
            super("the stages file was changed meanwhile");
        }
    }

    /** The present signature. */
    @Nullable
    Signature signature() throws IOException {
        try {
            return signatureOf(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (FileSystemException e) {
            if (Files.isSymbolicLink(file)) {
                // It leads nowhere, such as to itself: the link is what can be checked.
                return signatureOf(file, LinkOption.NOFOLLOW_LINKS);
            }
            throw e;
        }
    }

    private static Signature signatureOf(Path path, LinkOption... options) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, options);
        boolean regular = attributes.isRegularFile();
        return new Signature(
                String.valueOf(attributes.fileKey()),
                regular ? attributes.size() : 0,
                // What is done in a folder changes its time, not what it is to us.
                regular ? attributes.lastModifiedTime().toInstant() : Instant.EPOCH);
    }

    /**
     * Reads the file. A missing one is an empty one, and is said to be removed when the backup has stages; one that cannot be opened, parsed or validated is unreadable.
     *
     * @param reserved ids of built-in and plugin entries, which a custom stage may not have
     * @param good whether a good state of it is known, for the status of an unreadable one
     */
    Content read(Set<String> reserved, boolean good) {
        Signature signature = null;
        try {
            signature = signature();
            if (signature == null) {
                return missing(reserved);
            }
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                return unopened(notAFile(), good, signature);
            }
            StagesDocument document = StagesText.parse(Files.readAllBytes(file), reserved);
            return new Content(document, StagesFileStatus.ok(path()), signature);
        } catch (NoSuchFileException e) {
            return missing(reserved);
        } catch (StagesText.Unreadable e) {
            return new Content(
                    null,
                    StagesFileStatus.unreadable(path(), e.line(), e.column(), String.valueOf(e.getMessage()), good),
                    signature);
        } catch (IOException e) {
            return unopened("It cannot be opened: " + FileFaults.reason(e) + ".", good, signature);
        }
    }

    private Content missing(Set<String> reserved) {
        StagesDocument kept = backup.read(reserved);
        StagesFileStatus status = kept == null || kept.stages().isEmpty()
                ? StagesFileStatus.ok(path())
                : StagesFileStatus.removed(path(), kept.stages().size());
        return new Content(StagesDocument.EMPTY, status, null);
    }

    private Content unopened(String detail, boolean good, @Nullable Signature signature) {
        return new Content(null, StagesFileStatus.unopened(path(), detail, good), signature);
    }

    private String notAFile() {
        return Files.isDirectory(file) ? "It is a folder, not a file." : "It is not an ordinary file.";
    }

    /**
     * Writes all stages; {@link #backUp} is to follow. Either all of them are in the file afterwards, or it is as it was.
     *
     * @param expected the signature of the file that is replaced
     * @return the signature of the file that replaced it; taken before the rename, so that no edit after it is missed
     * @throws OvertakenException when the file is not the expected one; nothing was written
     * @throws ProblemException when they are too large together; nothing was written
     */
    Signature write(StagesDocument document, @Nullable Signature expected) throws IOException {
        byte[] bytes = StagesText.write(document);
        if (bytes.length > MAX_BYTES && (expected == null || bytes.length > expected.size())) {
            throw ProblemException.illegalState(
                    "too_many_stages",
                    "The custom stages would take " + bytes.length + " bytes, more than the " + MAX_BYTES
                            + " that fit this server's heap (-Xmx). Remove some, or make them smaller.");
        }
        return write(bytes, expected, null);
    }

    /**
     * As {@link #write} and {@link #backUp}, for a file that is missing too; what is in its place, a file, a folder or a link, is
     * kept in {@code <name>.corrupt-<time>}.
     */
    Signature restore(StagesDocument document, @Nullable Signature expected, Instant now) throws IOException {
        Signature written =
                write(StagesText.write(document), expected, expected == null ? null : beside(".corrupt-", now));
        backUp();
        return written;
    }

    private Signature write(byte[] bytes, @Nullable Signature expected, @Nullable Path aside) throws IOException {
        requireReadable(bytes);
        // A link stays where it is, unless it is what is put aside.
        Path target = aside == null ? AtomicFile.target(file) : file;
        Path prepared = AtomicFile.prepare(target, bytes);
        Signature written = signatureOf(prepared);
        if (!Objects.equals(signature(), expected)) {
            Files.delete(prepared);
            throw new OvertakenException();
        }
        if (aside == null) {
            AtomicFile.replace(prepared, target);
        } else {
            AtomicFile.replace(prepared, file, aside);
        }
        notBackedUp = bytes;
        return written;
    }

    /** Brings the backup to what was written last, unless it has that. */
    void backUp() {
        byte[] bytes = notBackedUp;
        notBackedUp = null;
        if (bytes != null) {
            backup.write(bytes);
        }
    }

    /** What could not be read back must never reach the disk, whatever was accepted before. */
    private void requireReadable(byte[] bytes) throws IOException {
        try {
            StagesText.parse(bytes, Set.of());
        } catch (StagesText.Unreadable e) {
            throw new IOException("the stages would not be readable afterwards, " + e.getMessage(), e);
        }
    }

    private Path beside(String kind, Instant now) {
        return file.resolveSibling(file.getFileName() + kind + STAMP.format(now));
    }

    /** Keeps what a removed file had in {@code <name>.removed-<time>}: a new one is begun, with a backup of its own. */
    void keepRemoved(Instant now) throws IOException {
        backup.keep(beside(".removed-", now));
    }

    /** Reads the last good state; null when there is none. */
    @Nullable
    StagesDocument readBackup(Set<String> reserved) {
        return backup.read(reserved);
    }

    /** Keeps what was read by hand as the last good state. */
    void writeBackup(StagesDocument document) {
        notBackedUp = null;
        backup.write(StagesText.write(document));
    }

    /** Removes temporary files that a killed process left. */
    void removeLeftovers() throws IOException {
        AtomicFile.removeLeftovers(file);
        backup.removeLeftovers();
    }

    String path() {
        return file.toString();
    }
}
