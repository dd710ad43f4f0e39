package dev.callboard.registry;

import dev.callboard.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last state of the stages file that was known to be good. A disk that keeps none is logged once. Blocks. */
final class StagesBackup {
    private static final Logger LOG = LoggerFactory.getLogger(StagesBackup.class);

    private final Path backup;
    private boolean failed;

    StagesBackup(Path backup) {
        this.backup = backup;
    }

    /** Reads the last good state; null when there is none. */
    @Nullable
    StagesDocument read(Set<String> reserved) {
        try {
            return StagesText.parse(Files.readAllBytes(backup), reserved);
        } catch (NoSuchFileException | StagesText.Unreadable e) {
            return null;
        } catch (IOException e) {
            if (!failed) {
                LOG.warn("{} cannot be read: the stages file has no backup", backup, e);
            }
            failed = true;
            return null;
        }
    }

    /** A backup that cannot be written is no reason to refuse what the file itself has. */
    void write(byte[] bytes) {
        try {
            AtomicFile.write(backup, bytes);
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.warn("{} cannot be written: the stages file has no backup", backup, e);
            }
            failed = true;
        }
    }

    /** Copies it to a place where the next write does not replace it. */
    void keep(Path aside) throws IOException {
        AtomicFile.write(aside, Files.readAllBytes(backup));
    }

    /** Removes temporary files that a killed process left. */
    void removeLeftovers() throws IOException {
        AtomicFile.removeLeftovers(backup);
    }
}
