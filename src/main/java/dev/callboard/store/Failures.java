package dev.callboard.store;

import dev.callboard.log.OutOfMemory;
import dev.callboard.problem.FileFaults;
import dev.callboard.problem.Problem;
import dev.callboard.problem.ProblemException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Tells what a failure of the database means to the one who asked. */
final class Failures {
    /** {@code org.hsqldb.error.ErrorCode}: the data file may not grow further, or a file cannot be written. */
    private static final int DATA_FILE_FULL = -468;

    /** It caught the error itself. */
    private static final int OUT_OF_MEMORY = -460;

    private static final int FILE_IO = -452;
    private static final int FILE_READ_ONLY = -455;
    private static final int DATA_FILE_ERROR = -466;

    /** SQLSTATE of PostgreSQL. */
    private static final String DISK_FULL = "53100";

    /**
     * What SQLSTATEs begin with that are the database's fault: no connection; in PostgreSQL also no resources, ended by its
     * operator or starting, and its system.
     */
    private static final List<String> OUT_OF_ORDER = List.of("08", "53", "57P", "58");

    /** The code of a database that does not work at the moment. */
    static final String UNAVAILABLE = "database_unavailable";

    private Failures() {}

    /** Whether the disk or the database is at fault, and not what was asked of it. */
    static boolean isStorage(Throwable failure) {
        return !(failure instanceof ProblemException)
                && explain(failure) instanceof ProblemException problem
                && (problem.problem().kind() == Problem.Kind.STORAGE_FULL
                        || problem.problem().code().equals(UNAVAILABLE));
    }

    /** Whether there is no room left on the disk. */
    static boolean isFull(Throwable failure) {
        return explain(failure) instanceof ProblemException problem
                && problem.problem().kind() == Problem.Kind.STORAGE_FULL;
    }

    /** What is answered when a write is not sure to be on the disk. */
    static ProblemException unwritable(Throwable reason) {
        return isFull(reason) && explain(reason) instanceof ProblemException full
                ? full
                : ProblemException.unavailable(
                        UNAVAILABLE,
                        "The disk that holds the data folder cannot be written ("
                                + (reason instanceof IOException ? FileFaults.reason(reason) : reason.getMessage())
                                + "). Nothing was stored; it is tried again until it works.");
    }

    /** A problem where the disk or the database is at fault; anything else as it is. */
    static Throwable explain(Throwable failure) {
        if (failure instanceof ProblemException) {
            return failure;
        }
        if (failure.getCause() instanceof ProblemException known
                && known.problem().kind() == Problem.Kind.STORAGE_FULL) {
            return known;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == OUT_OF_MEMORY) {
                OutOfMemory.end();
            }
            if (noRoom(cause)) {
                return ProblemException.storageFull(
                        "The disk that holds the data folder is full. Nothing was stored; free some space and try again.");
            }
            if (cause instanceof SQLException sql && outOfOrder(sql)) {
                return ProblemException.unavailable(
                        UNAVAILABLE, "The database cannot be read or written: " + sql.getMessage() + ".");
            }
        }
        return failure;
    }

    /** Whether it may be a guard that did not take and said so by failing ({@code division_by_zero}). */
    static boolean mayBeGuard(Throwable failure) {
        return failure instanceof SQLException sql && "22012".equals(sql.getSQLState());
    }

    /**
     * Whether the same may succeed when it is done again: PostgreSQL undid it for something that went on beside it
     * ({@code serialization_failure}, {@code deadlock_detected}).
     */
    static boolean isPassing(Throwable failure) {
        return failure instanceof SQLException sql
                && ("40001".equals(sql.getSQLState()) || "40P01".equals(sql.getSQLState()));
    }

    private static boolean noRoom(Throwable cause) {
        if (cause instanceof SQLException sql
                && (sql.getErrorCode() == DATA_FILE_FULL || DISK_FULL.equals(sql.getSQLState()))) {
            return true;
        }
        return FileFaults.isDiskFull(cause);
    }

    private static boolean outOfOrder(SQLException sql) {
        String state = String.valueOf(sql.getSQLState());
        int code = sql.getErrorCode();
        return OUT_OF_ORDER.stream().anyMatch(state::startsWith)
                || code == FILE_IO
                || code == FILE_READ_ONLY
                || code == DATA_FILE_ERROR;
    }
}
