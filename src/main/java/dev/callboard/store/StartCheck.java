package dev.callboard.store;

import dev.callboard.problem.ProblemException;
import dev.callboard.spi.Plural;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the files of the database before HSQLDB opens them, which takes the first damage in its log for the end and removes
 * what follows. Only a torn last statement is dropped without more ado. What is wrong before it is copied, said, and left out
 * by itself; where HSQLDB needs the damaged file whole, the start is refused and nothing is touched.
 */
final class StartCheck {
    private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);

    private static final String WAY_BACK =
            " Restore the data folder from a backup (see 'Backup and restore' in deploy/README.md).";

    private final DatabaseFiles files;
    private final DamagedCopies copies;
    private final RowCheck rows;
    private final List<String> findings = new ArrayList<>();
    private Optional<RowCheck.Compared> compared = Optional.empty();
    private @Nullable Path copy;

    /**
     * Of these files.
     *
     * @param atStart how many bytes of {@code .data} are compared at least, if it has so many
     */
    StartCheck(DatabaseFiles files, long atStart) {
        this.files = files;
        this.copies = new DamagedCopies(files.data());
        this.rows = new RowCheck(files, atStart);
    }

    /** What was wrong and is repaired as far as it can be; for people. */
    List<String> findings() {
        return List.copyOf(findings);
    }

    /** What {@code .data} must be and what of it was not compared; empty without checksums of its blocks. */
    Optional<RowCheck.Compared> compared() {
        return compared;
    }

    /**
     * Checks all files.
     *
     * @throws ProblemException {@code database_damaged} when the database cannot be opened safely
     */
    void run() throws IOException {
        if (files.missing()) {
            return;
        }
        Optional<SavedChecksums> sums = sums();
        if (Files.exists(files.properties()) && !files.propertiesAreWhole()) {
            String kept = keepAll();
            Files.delete(files.properties());
            found("db/callboard.properties was damaged; it was made anew, and nothing is lost by that. " + kept);
        }
        if (sums.isPresent()) {
            requireWhole(sums.get());
        }
        boolean scriptComing = Files.exists(files.script().resolveSibling("callboard.script.new"));
        if (!Files.exists(files.script()) && !scriptComing) {
            throw refused("db/callboard.script is missing, and without it the other files cannot be read.");
        }
        BackupPages.cutOffHalf(files.backup());
        if (Files.exists(files.log()) && !files.state().equals(Optional.of("no"))) {
            checkLog(sums);
        } else if (sums.isPresent() && sums.get().acknowledged() > 0 && changed()) {
            found("db/callboard.log is missing: what was acknowledged since the last checkpoint is lost. " + keepAll());
        }
    }

    private boolean changed() throws IOException {
        return files.state().equals(Optional.of("yes"));
    }

    /** Those that belong to the other files; none when HSQLDB has made a checkpoint since. */
    private Optional<SavedChecksums> sums() throws IOException {
        if (!Files.exists(files.sums())) {
            return Optional.empty();
        }
        Optional<SavedChecksums> sums = SavedChecksums.read(files.sums());
        if (sums.isEmpty()) {
            found("db/callboard.sums is damaged; the other files are opened without being checked against it. "
                    + keep("sums", List.of(files.sums())));
            return sums;
        }
        Optional<String> stamp = files.stamp();
        return files.propertiesAreWhole()
                        && !stamp.equals(Optional.of(sums.get().stamp()))
                        && !rows.areOfTheOneBefore(sums.get())
                ? Optional.empty()
                : sums;
    }

    private void requireWhole(SavedChecksums sums) throws IOException {
        String asItIs =
                " Without one, remove db/callboard.sums: then the database is opened unchecked, and shows what can"
                        + " still be read of it.";
        Path script = files.stamp().equals(Optional.of(sums.stamp())) && files.checkpointIsWritten()
                ? files.newestScript()
                : files.script();
        if (Files.exists(script)
                && (Files.size(script) != sums.script().length()
                        || !FileSums.of(script, sums.script().length()).equals(sums.script()))) {
            throw refused("db/callboard.script is damaged: it is not what was written at the last checkpoint.", asItIs);
        }
        if (!rowsAreWhole(sums)) {
            String which = Files.exists(files.rows())
                    ? "db/callboard.data (or db/callboard.backup) is damaged: it is not what was written at the last"
                            + " checkpoint."
                    : "db/callboard.data is missing.";
            throw refused(which, asItIs);
        }
    }

    private boolean rowsAreWhole(SavedChecksums sums) throws IOException {
        if (sums.rows() instanceof SavedChecksums.Sum whole) {
            return RowFile.matches(files.rows(), files.backup(), whole);
        }
        compared = rows.compare(sums, (BlockSums) sums.rows());
        return compared.isPresent();
    }

    private void checkLog(Optional<SavedChecksums> sums) throws IOException {
        LogScan scan = LogScan.of(files.log(), sums);
        if (scan.damaged()) {
            String kept = keepAll();
            if (scan.missing() > 0) {
                found("db/callboard.log ends " + scan.missing()
                        + " bytes before the last acknowledged change. In a copy that"
                        + " was taken while the server ran this is nothing but its age; else acknowledged changes are lost. "
                        + kept);
            }
            if (!scan.changed().isEmpty()) {
                LogScan.Piece first = scan.changed().get(0);
                found("db/callboard.log is damaged between byte " + first.start() + " and " + first.end()
                        + (scan.changed().size() > 1
                                ? " and in " + Plural.of(scan.changed().size() - 1, "place") + " after it"
                                : "")
                        + ": changes that are written there may be lost or have wrong values. What follows was read. "
                        + kept);
            }
            if (!scan.bad().isEmpty()) {
                LogScan.Line first = scan.bad().get(0);
                found("db/callboard.log has "
                        + Plural.of(scan.bad().size(), "line that is not a statement", "lines that are not statements")
                        + ", the first is line "
                        + first.number() + ", byte " + first.start() + "; they are left out, what follows was read. "
                        + kept);
            }
            rewrite(scan.bad(), scan.torn());
        } else if (scan.torn() > 0) {
            String kept = keep("torn", List.of(files.log()));
            LOG.warn(
                    "The last statement of db/callboard.log was not written whole ({} bytes) and was never acknowledged; it"
                            + " is dropped. {}",
                    scan.torn(),
                    kept);
            rewrite(List.of(), scan.torn());
        }
    }

    /**
     * Leaves out a line that HSQLDB could not replay.
     *
     * @throws ProblemException {@code database_damaged} when there is no such line
     */
    void leaveOut(long number, String reason) throws IOException {
        LogScan.Line line = LogRewrite.line(files.log(), number)
                .orElseThrow(() -> refused("db/callboard.log cannot be read: " + reason + "."));
        found("Line " + number + " of db/callboard.log, byte " + line.start() + ", cannot be replayed (" + reason
                + ") and is left out; what follows was read. " + keepAll());
        rewrite(List.of(line), 0);
    }

    /** The start is refused for a reason that only HSQLDB knows. */
    ProblemException unopened(String reason) {
        return refused("the database cannot be opened: " + reason + ".");
    }

    private void rewrite(List<LogScan.Line> without, long torn) throws IOException {
        if (without.isEmpty()) {
            try (FileChannel channel = FileChannel.open(files.log(), StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() - torn);
                channel.force(true);
            }
        } else {
            LogRewrite.without(files.log(), without, torn);
        }
    }

    private void found(String finding) {
        LOG.error("{}", finding);
        findings.add(finding);
    }

    /** Copies all files once, before the first of them is changed. */
    private String keepAll() throws IOException {
        Path kept = copy;
        if (kept != null) {
            return kept(kept);
        }
        List<Path> all = files.existing();
        long bytes = 0;
        for (Path file : all) {
            bytes += Files.size(file);
        }
        if (Files.getFileStore(files.folder()).getUsableSpace() < bytes + Reserve.DEFAULT_BYTES) {
            throw refused("the files of the database are damaged, and the disk has no room for a copy of them (" + bytes
                    + " bytes). Free some space, then start again.");
        }
        Path folder = copies.keep("log", all);
        copy = folder;
        return kept(folder);
    }

    private String keep(String kind, List<Path> some) throws IOException {
        return kept(copies.keep(kind, some));
    }

    private String kept(Path folder) {
        return "The files as they were are in " + folder + ".";
    }

    private ProblemException refused(String what) {
        return refused(what, "");
    }

    private ProblemException refused(String what, String more) {
        return ProblemException.unavailable(
                "database_damaged",
                "The database in " + files.folder() + " is not opened: " + what + " Nothing was changed." + WAY_BACK
                        + more);
    }
}
