package dev.callboard.store;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a line of HSQLDB's log looks like: printable ASCII, one statement, maybe with the session before it. */
final class LogLines {
    static final String COMMIT = "COMMIT";

    private static final Pattern SESSION = Pattern.compile("^/\\*C\\d{1,18}\\*/");

    /** A name in a log that HSQLDB wrote: {@code tasks}, {@code "tasks"}, {@code PUBLIC.tasks}. */
    private static final String NAME = "(?:\"[^\"]+\"|\\w+)(?:\\.(?:\"[^\"]+\"|\\w+))?";

    private static final Pattern INSERT = Pattern.compile("INSERT INTO " + NAME + " VALUES\\(.*\\)");
    private static final Pattern DELETE = Pattern.compile("DELETE FROM " + NAME + " WHERE .+");
    private static final Pattern OTHER = Pattern.compile("[A-Z]{3,} .+");

    private LogLines() {}

    /** Whether HSQLDB can have written that; not whether it means what it meant. */
    static boolean isStatement(byte[] line) {
        for (byte one : line) {
            if (one < 0x20) {
                return false;
            }
        }
        String text = SESSION.matcher(new String(line, StandardCharsets.US_ASCII))
                .replaceFirst("");
        if (text.chars().filter(character -> character == '\'').count() % 2 != 0) {
            return false;
        }
        if (text.startsWith("INSERT INTO ")) {
            return INSERT.matcher(text).matches();
        }
        if (text.startsWith("DELETE FROM ")) {
            return DELETE.matcher(text).matches();
        }
        return text.equals(COMMIT) || text.equals("ROLLBACK") || text.equals("DISCONNECT") || OTHER.matcher(text).matches();
    }

    /** Whether a line ends a transaction. */
    static boolean isCommit(byte[] line) {
        return SESSION.matcher(new String(line, StandardCharsets.US_ASCII))
                .replaceFirst("")
                .equals(COMMIT);
    }
}
