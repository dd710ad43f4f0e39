package dev.callboard.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code db/callboard.half}: is there while the database is made or upgraded. HSQLDB writes a new database in many steps and
 * commits each change of a table at once, so a process that ended meanwhile leaves what no version can open or upgrade. The next
 * start goes back to what was before: to nothing, or to the checkpoint that the upgrade began with, from which the log is cut
 * off. Until the mark is removed nobody has been told that anything is stored.
 */
final class HalfMade {
    private static final Logger LOG = LoggerFactory.getLogger(HalfMade.class);

    private static final String NEW = "new";

    private final DatabaseFiles files;
    private final Path mark;

    HalfMade(DatabaseFiles files) {
        this.files = files;
        this.mark = files.folder().resolve("callboard.half");
    }

    /** Whether the files that are there are those of a database that was never whole. */
    boolean isNew() throws IOException {
        return read().equals(Optional.of(NEW));
    }

    /** A database is made where none is. */
    void beginNew() throws IOException {
        write(NEW);
    }

    /**
     * An upgrade of the database begins, just after a checkpoint.
     *
     * @param logLength of its log in bytes: what is kept of it
     */
    void beginUpgrade(long logLength) throws IOException {
        write(files.stamp().orElse("") + " " + logLength);
    }

    private void write(String what) throws IOException {
        AtomicFile.write(mark, what.getBytes(StandardCharsets.US_ASCII));
    }

    private Optional<String> read() throws IOException {
        return Files.exists(mark) ? Optional.of(Files.readString(mark, StandardCharsets.US_ASCII)) : Optional.empty();
    }

    /** The database is whole: its files are written. */
    void end() throws IOException {
        if (Files.exists(mark)) {
            AtomicFile.remove(mark);
        }
    }

    /** Goes back where an earlier process did not come to the end; for a database that is not open. */
    void goBack() throws IOException {
        Optional<String> begun = read();
        if (begun.isEmpty()) {
            return;
        }
        if (begun.get().equals(NEW)) {
            LOG.info("The database was never made whole; it is made anew.");
            removeAll();
        } else {
            String[] parts = begun.get().split(" ");
            // Another stamp is a later checkpoint: that at the end of the upgrade.
            if (files.stamp().orElse("").equals(parts[0])) {
                LOG.info("An upgrade of the database did not come to its end; it begins again.");
                cutOff(Long.parseLong(parts[1]));
            }
        }
        end();
    }

    private void removeAll() throws IOException {
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(files.folder(), files.base().getFileName() + ".*")) {
            for (Path file : all) {
                if (!file.equals(mark)) {
                    Files.delete(file);
                }
            }
        }
    }

    private void cutOff(long logLength) throws IOException {
        // They tell of the whole log.
        Files.deleteIfExists(files.sums());
        if (Files.exists(files.log()) && Files.size(files.log()) > logLength) {
            try (FileChannel channel = FileChannel.open(files.log(), StandardOpenOption.WRITE)) {
                channel.truncate(logLength);
                channel.force(true);
            }
        }
    }
}
