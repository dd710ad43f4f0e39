package dev.callboard.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processes of this machine, as the Linux kernel shows them in {@code /proc}. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    /**
     * A process.
     *
     * @param group its process group: the id of the process that leads it
     * @param session its session: the id of the process that leads it
     * @param start when it started, in clock ticks since the machine did; with the id it names a process until the
     *     machine starts anew
     */
    record Row(long pid, long parent, long group, long session, long start) {}

    /** Whether this system shows its processes. */
    static boolean available() {
        return Files.isReadable(PROC.resolve("self").resolve("stat"))
                && Files.isReadable(PROC.resolve("self").resolve("environ"));
    }

    /** All processes that have not ended, whether or not somebody has asked for their exit codes. */
    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                row(process).ifPresent(rows::add);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return rows;
    }

    /** One process; nothing when it has ended. */
    static Optional<Row> row(long pid) {
        return row(PROC.resolve(Long.toString(pid)));
    }

    private static Optional<Row> row(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            // A program's name stands in brackets and may have brackets and blanks itself.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            boolean ended = fields[0].equals("Z") || fields[0].equals("X");
            return ended
                    ? Optional.empty()
                    : Optional.of(new Row(
                            Long.parseLong(stat.substring(0, stat.indexOf(' '))),
                            Long.parseLong(fields[1]),
                            Long.parseLong(fields[2]),
                            Long.parseLong(fields[3]),
                            Long.parseLong(fields[19])));
        } catch (IOException e) {
            // It has ended meanwhile.
            return Optional.empty();
        }
    }

    /**
     * Whether a process was started with an environment variable.
     *
     * @param beginning how the variable begins: its name, {@code =} and all or some of its value
     */
    static boolean hasVariable(long pid, String beginning) {
        try {
            byte[] environment =
                    Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ"));
            return ("\0" + new String(environment, StandardCharsets.ISO_8859_1)).contains("\0" + beginning);
        } catch (IOException e) {
            // It has ended meanwhile, or is somebody else's.
            return false;
        }
    }

    /** Names the time since the machine started; ids and starts of processes are comparable within it only. */
    static String boot() throws IOException {
        return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    }
}
