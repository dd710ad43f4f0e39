package dev.callboard.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.hsqldb.lib.FileAccess;

/** Opens a database, which replays its log, and leaves out lines that cannot be replayed. */
final class LogReplay {
    /** More lines of a log than this are not left out one after the other: then the log is none. */
    private static final int MOST_LEFT_OUT = 50;

    private LogReplay() {}

    /**
     * Connects to a database that is not open.
     *
     * @param way to its files
     * @param check says of each line that it is left out
     * @throws dev.callboard.problem.ProblemException {@code database_damaged} when it cannot be opened
     */
    static Connection connect(String url, FileAccess way, DatabaseFiles files, StartCheck check)
            throws SQLException, IOException {
        for (int leftOut = 0; ; leftOut++) {
            try {
                return FileAccessProperties.connect(url, Hsqldb.USER, Hsqldb.NO_PASSWORD, way);
            } catch (SQLException | RuntimeException e) {
                if (Failures.isFull(e)) {
                    throw e;
                }
                OptionalLong line = LogLines.failed(e, files.log().getFileName().toString());
                if (line.isEmpty() || leftOut == MOST_LEFT_OUT) {
                    throw check.unopened(String.valueOf(e.getMessage()));
                }
                check.leaveOut(line.getAsLong(), String.valueOf(e.getMessage()));
            }
        }
    }
}
