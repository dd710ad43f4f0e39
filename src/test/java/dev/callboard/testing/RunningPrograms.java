package dev.callboard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The processes that came of the programs of one server, found by what stands in their environment; Linux only. */
public final class RunningPrograms {
    private static final Path PROC = Path.of("/proc");

    private RunningPrograms() {}

    /**
     * One of them.
     *
     * @param execution what it was started for
     * @param started when, in clock ticks since the machine started
     */
    public record Program(long pid, String execution, long started) {}

    /** Those whose home is below a folder and that know for which execution they run. */
    public static List<Program> below(Path folder) {
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("[0-9]+"))
                    .flatMap(process -> program(process, "HOME=" + real(folder) + "/").stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Program> program(Path process, String home) {
        try {
            List<String> environment =
                    Arrays.asList(Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1)
                            .split("\0"));
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            boolean ended = fields[0].equals("Z") || fields[0].equals("X");
            boolean ours = !ended && environment.stream().anyMatch(variable -> variable.startsWith(home));
            return environment.stream()
                    .filter(variable -> ours && variable.startsWith("CALLBOARD_EXECUTION_ID="))
                    .map(variable -> new Program(
                            Long.parseLong(process.getFileName().toString()),
                            variable.substring(variable.indexOf('=') + 1),
                            Long.parseLong(fields[19])))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // Somebody else's, or it has ended.
        }
    }
}
