package dev.callboard.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Opens a database anew from what is on the disk, as soon as the disk takes writes again: what is not sure is cut off first.
 * Blocks.
 *
 * @param data the data folder
 */
record Reopening(Hsqldb hsqldb, Reserve reserve, Path data) implements Callable<List<String>> {
    /** What was wrong with the files. */
    @Override
    public List<String> call() throws IOException, SQLException {
        reserve.require("the data folder", data, 0);
        StartRoom.require(data);
        DiskProbe.write(data.resolve("db"));
        hsqldb.cutOffUnsure();
        hsqldb.open();
        try {
            hsqldb.checkpoint();
        } catch (SQLException | IOException e) {
            hsqldb.closeNow();
            throw e;
        }
        return hsqldb.findings();
    }
}
