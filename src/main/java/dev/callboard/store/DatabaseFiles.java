package dev.callboard.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of the database in {@code db/} of the data folder. HSQLDB writes all but one: {@code .script} (the tables as of
 * the last checkpoint), {@code .data} (their rows), {@code .backup} (pages of {@code .data} as they were at the checkpoint),
 * {@code .log} (every change since) and {@code .properties}; {@code .sums} holds our checksums of them.
 */
record DatabaseFiles(Path data) {
    private static final Pattern STAMP = Pattern.compile("(?m)^tx_timestamp=(\\d{1,18})\\R");
    private static final Pattern PROPERTIES = Pattern.compile("(?:#[\\x20-\\x7e]*\\R)*"
            + "(?:(?:version=\\d\\.\\d\\.\\d|tx_timestamp=\\d{1,18}|hsqldb\\.script_format=\\d"
            + "|modified=(?:yes|no|yes-new-files|yes-new-files-data|no-new-files))\\R)+");
    private static final Pattern MODIFIED = Pattern.compile("(?m)^modified=([a-z-]+)\\R");

    Path folder() {
        return data.resolve("db");
    }

    /** The path without a suffix, as HSQLDB wants it. */
    Path base() {
        return folder().resolve("callboard");
    }

    private Path file(String suffix) {
        return folder().resolve("callboard" + suffix);
    }

    Path script() {
        return file(".script");
    }

    Path rows() {
        return file(".data");
    }

    Path backup() {
        return file(".backup");
    }

    Path log() {
        return file(".log");
    }

    Path properties() {
        return file(".properties");
    }

    Path sums() {
        return file(".sums");
    }

    /** {@code .script} as of a checkpoint that is not over yet, where there is one. */
    Path newestScript() {
        Path coming = file(".script.new");
        return Files.exists(coming) ? coming : script();
    }

    /** Those that are there, the log and our checksums first: they are the smallest and say most. */
    List<Path> existing() {
        return Stream.of(log(), sums(), properties(), script(), backup(), rows())
                .filter(Files::isRegularFile)
                .toList();
    }

    /** Whether there is no database yet. */
    boolean missing() {
        return existing().stream().allMatch(path -> path.equals(sums()));
    }

    /** Whether {@code .properties} is one that HSQLDB can have written. */
    boolean propertiesAreWhole() throws IOException {
        String text = properties(properties());
        return PROPERTIES.matcher(text).matches() && state().isPresent() && stamp().isPresent();
    }

    /** How far the files are, in HSQLDB's words: {@code yes} after changes, {@code no} after a checkpoint. */
    Optional<String> state() throws IOException {
        return first(MODIFIED);
    }

    /** Whether a checkpoint has written everything, and HSQLDB would only remove the files of the one before. */
    boolean checkpointIsWritten() throws IOException {
        return state().equals(Optional.of("yes-new-files"));
    }

    /** The number of the last change that the last checkpoint has. */
    Optional<String> stamp() throws IOException {
        return first(STAMP);
    }

    private Optional<String> first(Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(properties(properties()));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String properties(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1) : "";
    }
}
