package dev.callboard.fork;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.callboard.process.Programs;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a process is started: the Java of this process with only the classes that the child needs.
 *
 * <p>Where there is a shell, frames go over descriptors 3 and 4 and standard output goes to standard error, so that not even
 * native code can print between them; elsewhere they go over standard input and output.
 *
 * @param heapMb the heap limit
 * @param maxOutput the most characters of an output, about
 * @param environment all that the process sees of this one's environment
 */
record WorkerCommand(int heapMb, long maxOutput, Map<String, String> environment, Programs programs) {
    /** Nothing that is the server's own: neither its settings nor its keys. */
    private static final List<String> PASSED_ON = List.of("PATH", "LANG", "LC_ALL", "TZ");

    private static final String OWN_STREAMS = "exec 3>&1 1>&2 4<&0 0</dev/null; exec \"$@\"";

    static WorkerCommand of(int heapMb, long maxOutput, Function<String, @Nullable String> environment) {
        Map<String, String> seen = new LinkedHashMap<>();
        for (String name : PASSED_ON) {
            String value = environment.apply(name);
            if (value != null) {
                seen.put(name, value);
            }
        }
        return new WorkerCommand(heapMb, maxOutput, Map.copyOf(seen), Programs.of(seen.get("PATH")));
    }

    /**
     * A process of a program.
     *
     * @param folder where it works; all its temporary files go there
     */
    ProcessBuilder process(ChildProgram program, Path folder) {
        Optional<Path> shell = programs.find("sh", folder);
        boolean own = shell.isPresent() && Files.isDirectory(Path.of("/dev/fd"));
        List<String> words = new ArrayList<>();
        if (own) {
            words.addAll(List.of(shell.get().toString(), "-c", OWN_STREAMS, "callboard-child"));
        }
        words.addAll(List.of(
                java().toString(),
                "-Xmx" + heapMb + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+DisplayVMOutputToStderr",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                classPath(program),
                program.main().getName(),
                own ? Wire.OWN_STREAMS : Wire.STANDARD_STREAMS));
        words.addAll(program.arguments());
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TMPDIR", folder.toString());
        builder.environment().putAll(environment);
        return builder;
    }

    private static Path java() {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Path windows = bin.resolve("java.exe");
        return Files.exists(windows) ? windows : bin.resolve("java");
    }

    /** Where the classes came from that the child needs: one jar when the server runs from its own. */
    private static String classPath(ChildProgram program) {
        Stream<Class<?>> json = Stream.of(JsonMapper.class, JsonFactory.class, JsonInclude.class, JavaTimeModule.class);
        return Stream.of(Stream.of(program.main()), json, program.code().stream())
                .flatMap(each -> each)
                .map(WorkerCommand::placeOf)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String placeOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            if (source != null && source.getLocation() != null) {
                return Path.of(source.getLocation().toURI()).toString();
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of " + type + " is not an address", e);
        }
        throw new IllegalStateException("nobody knows where " + type + " was loaded from");
    }
}
