package dev.callboard.registry;

import dev.callboard.spi.Plural;
import org.jspecify.annotations.Nullable;

/**
 * How the file of custom stages is.
 *
 * @param status {@code ok} or {@code unreadable}
 * @param path where it is
 * @param line the line of the fault, from 1; null when it is readable or cannot be opened at all
 * @param column the column of the fault, from 1; null as the line is
 * @param detail what is wrong, in sentences; null when nothing is
 * @param backup whether a good state is there to restore
 * @param removed whether the file was removed: it is as an empty one, and what it had can be restored
 */
public record StagesFileStatus(
        String status,
        String path,
        @Nullable Integer line,
        @Nullable Integer column,
        @Nullable String detail,
        boolean backup,
        boolean removed) {

    static StagesFileStatus ok(String path) {
        return new StagesFileStatus("ok", path, null, null, null, true, false);
    }

    /** It is not there, but stages that it had are known. */
    static StagesFileStatus removed(String path, int stages) {
        return new StagesFileStatus(
                "ok",
                path,
                null,
                null,
                "The file was removed, and with it " + Plural.of(stages, "custom stage")
                        + ". Restore brings back what it had; adding a stage begins a new file.",
                true,
                true);
    }

    static StagesFileStatus unreadable(String path, int line, int column, String detail, boolean backup) {
        return new StagesFileStatus("unreadable", path, line, column, detail, backup, false);
    }

    /** There is something in its place that cannot be opened as a file, such as a folder. */
    static StagesFileStatus unopened(String path, String detail, boolean backup) {
        return new StagesFileStatus("unreadable", path, null, null, detail, backup, false);
    }

    /** Whether it was opened: what is wrong then is its text. */
    boolean opened() {
        return readable() || line != null;
    }

    /** What is wrong and where. */
    String fault() {
        return line == null ? String.valueOf(detail) : "line " + line + ", column " + column + ": " + detail;
    }

    /** Whether Restore has something to do. */
    boolean restorable() {
        return removed || !readable();
    }

    /** Whether the file can be read as stages. */
    public boolean readable() {
        return "ok".equals(status);
    }
}
