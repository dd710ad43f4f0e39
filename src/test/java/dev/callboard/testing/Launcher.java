package dev.callboard.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code bin/callboard} in a folder of its own, as it is installed: the jar lies beside {@code bin}. */
public final class Launcher {
    /** Whatever this machine says to Java is not what a test says. */
    private static final Set<String> UNSET = Set.of(
            "JAVA_HOME",
            "JAVA_OPTS",
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS",
            "XDG_CACHE_HOME",
            "CACHE_DIRECTORY");

    private final Path program;
    private final Path jar;

    private Launcher(Path program, Path jar) {
        this.program = program;
        this.jar = jar;
    }

    /**
     * What a command did.
     *
     * @param code the exit code
     * @param out standard output
     * @param err standard error
     */
    public record Done(int code, String out, String err) {}

    /** Copies the program, without a jar. */
    public static Launcher in(Path folder) throws IOException {
        Path program = Files.createDirectories(folder.resolve("bin")).resolve("callboard");
        Files.copy(Path.of("bin", "callboard"), program);
        return new Launcher(program, folder.resolve("callboard.jar"));
    }

    /** The same, started by another name. */
    public Launcher at(Path link) {
        return new Launcher(link, jar);
    }

    /** Where it looks for the jar. */
    public Path jar() {
        return jar;
    }

    /** A process to start, in the folder above the program's. */
    public ProcessBuilder process(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(jar.getParent().getParent().toFile());
        UNSET.forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        return builder;
    }

    /** Runs it to its end. */
    public Done run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("launcher", ".err");
        Process process =
                process(environment, arguments).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(Patience.SOON.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the command did not end: " + List.of(arguments));
        }
        String err = Files.readString(errors);
        Files.delete(errors);
        return new Done(process.exitValue(), out, err);
    }

    /** The lines that it prints, where Java is a program that prints its arguments. */
    public List<String> words(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Done done = run(environment, arguments);
        if (done.code() != 0 || !done.err().isEmpty()) {
            throw new AssertionError("the command failed: " + done);
        }
        return List.of(done.out().split("\n", -1)).subList(0, done.out().split("\n", -1).length - 1);
    }
}
