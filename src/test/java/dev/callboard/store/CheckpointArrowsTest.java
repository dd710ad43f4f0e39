package dev.callboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hsqldb.lib.EventLogInterface;
import org.hsqldb.lib.FileAccess;
import org.junit.jupiter.api.Test;

/**
 * The process ends before any of the steps of a checkpoint: the checksums that the next start finds are those of the files, and
 * nothing has to be taken on trust but what that checkpoint wrote.
 */
class CheckpointArrowsTest extends RowsFixture {
    private final List<Path> stopped = new ArrayList<>();
    private boolean copying;

    /** Copies the files as the end of the process would leave them. */
    private void step() {
        if (copying) {
            Path data = dir.resolve("stopped-" + stopped.size());
            try {
                copy(files.folder(), data.resolve("db"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            stopped.add(data);
        }
    }

    @Test
    void whereverACheckpointStopsTheNextStartHasItsChecksums() throws Exception {
        checkpoint();
        assertThat(stopped).hasSizeGreaterThan(8);
        int written = 0;
        int before = 0;
        for (Path data : stopped) {
            DatabaseFiles there = new DatabaseFiles(data);
            if (there.checkpointIsWritten()) {
                written++;
                String stamp = SavedChecksums.read(there.sums()).orElseThrow().stamp();
                before += stamp.equals(there.stamp().orElseThrow()) ? 0 : 1;
            }
            StartCheck check = new StartCheck(there, 1);
            check.run();
            assertThat(check.compared()).as("%s", data).isPresent();
            assertThat(check.findings()).as("%s", data).isEmpty();
            Path damaged = data.resolveSibling(data.getFileName() + "-damaged");
            copy(there.folder(), damaged.resolve("db"));
            damage(new DatabaseFiles(damaged), ROWS / 2);
            assertThatThrownBy(() -> opened(damaged, 1)).as("%s", data).hasMessageContaining("db/callboard.data");
            opens(data);
        }
        assertThat(written)
                .as("states in which HSQLDB goes on with the new files")
                .isPositive();
        assertThat(before)
                .as("of them those whose checksums are of the checkpoint before")
                .isPositive();
    }

    private static void opens(Path data) throws Exception {
        Hsqldb hsqldb = opened(data, RowCheck.AT_START);
        assertThat(hsqldb.findings()).as("%s", data).isEmpty();
        try (Connection connection = hsqldb.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*), sum(number) FROM one WHERE id < 10")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).as("%s", data).isEqualTo(10);
            assertThat(rows.getInt(2)).as("%s", data).isEqualTo(-10);
        }
        hsqldb.shutDown();
        StartCheck check = new StartCheck(new DatabaseFiles(data), RowCheck.AT_START);
        check.run();
        assertThat(check.compared()).as("%s", data).isPresent();
    }

    private void checkpoint() throws Exception {
        filled().shutDown();
        CarriedSums rows = new CarriedSums(files);
        StartCheck check = new StartCheck(files, 1);
        check.run();
        rows.begin(check.compared());
        Checksums sums = new Checksums(files, rows);
        CheckedStream.DiskSync disk = CheckedStream.DiskSync.system();
        CommitLog log = new CommitLog(files.log(), sums, disk);
        FileAccess checked = new CheckedFiles(log, disk, files.backup(), sums::beforeBackupIsRemoved);
        String url = new Hsqldb(dir).url();
        try (Connection connection =
                FileAccessProperties.connect(url, Hsqldb.USER, Hsqldb.NO_PASSWORD, new Steps(checked))) {
            execute(connection, "CHECKPOINT");
            sums.begin(0);
            execute(connection, "UPDATE one SET number = -1 WHERE id < 10");
            copying = true;
            execute(connection, "CHECKPOINT");
            step();
            copying = false;
            sums.begin(0);
            execute(connection, "SHUTDOWN");
        } finally {
            sums.close();
        }
        assertThat(files.state()).isEqualTo(Optional.of("no"));
    }

    /** Says what HSQLDB does with files before it does it. */
    private final class Steps implements FileAccess {
        private final FileAccess way;

        Steps(FileAccess way) {
            this.way = way;
        }

        @Override
        public boolean isStreamElement(String name) {
            step();
            return way.isStreamElement(name);
        }

        @Override
        public InputStream openInputStreamElement(String name) throws IOException {
            return way.openInputStreamElement(name);
        }

        @Override
        public OutputStream openOutputStreamElement(String name) throws IOException {
            step();
            return way.openOutputStreamElement(name);
        }

        @Override
        public OutputStream openOutputStreamElementAppend(String name) throws IOException {
            step();
            return way.openOutputStreamElementAppend(name);
        }

        @Override
        public void createParentDirs(String name) {
            way.createParentDirs(name);
        }

        @Override
        public boolean removeElement(String name) {
            step();
            return way.removeElement(name);
        }

        @Override
        public boolean renameElement(String from, String to) {
            step();
            return way.renameElement(from, to);
        }

        @Override
        public boolean renameElementOrCopy(String from, String to, EventLogInterface logger) {
            step();
            return way.renameElementOrCopy(from, to, logger);
        }

        @Override
        public FileSync getFileSync(OutputStream stream) throws IOException {
            return way.getFileSync(stream);
        }
    }
}
