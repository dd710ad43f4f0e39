package dev.callboard.store;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a line of HSQLDB's log looks like: printable ASCII, one statement, maybe with the session before it. */
final class LogLines {
    static final String COMMIT = "COMMIT";

    private static final Pattern SESSION = Pattern.compile("/\\*C\\d{1,18}\\*/");

    /** A name in a log that HSQLDB wrote: {@code tasks}, {@code "tasks"}, {@code PUBLIC.tasks}. */
    private static final String NAME = "(?:\"[^\"]+\"|\\w+)(?:\\.(?:\"[^\"]+\"|\\w+))?";

    private static final Pattern INSERT = Pattern.compile("INSERT INTO " + NAME + " VALUES\\(");
    private static final Pattern DELETE = Pattern.compile("DELETE FROM " + NAME + " WHERE .");
    private static final Pattern FAILED = Pattern.compile("line: (\\d+)|error in script file line (\\d+)");

    private LogLines() {}

    /**
     * Whether HSQLDB can have written that; not whether it means what it meant. Of other statements than those that write rows
     * only HSQLDB knows.
     */
    static boolean isStatement(byte[] line) {
        int quotes = 0;
        for (byte one : line) {
            if (one < 0x20) {
                return false;
            }
            quotes += one == '\'' ? 1 : 0;
        }
        String text = withoutSession(line);
        if (text.startsWith("INSERT INTO ")) {
            return quotes % 2 == 0 && text.endsWith(")") && INSERT.matcher(text).lookingAt();
        }
        if (text.startsWith("DELETE FROM ")) {
            return quotes % 2 == 0 && DELETE.matcher(text).lookingAt();
        }
        return true;
    }

    /** Whether a line where a transaction ended, and something was changed, is what became of its COMMIT. */
    static boolean wasCommit(byte[] line) {
        String text = withoutSession(line);
        return !text.equals(COMMIT) && text.length() <= COMMIT.length() + 1;
    }

    private static String withoutSession(byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        Matcher session = SESSION.matcher(text);
        return session.lookingAt() ? text.substring(session.end()) : text;
    }

    /**
     * The line of the log at which HSQLDB stopped, counted from 1, as {@code ScriptRunner} and {@code ScriptReaderText} say it.
     *
     * @param log the log's name
     */
    static OptionalLong failed(Exception failure, String log) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            Matcher line = FAILED.matcher(message);
            if (message.contains(log) && line.find()) {
                return OptionalLong.of(Long.parseLong(line.group(1) == null ? line.group(2) : line.group(1)));
            }
        }
        return OptionalLong.empty();
    }
}
