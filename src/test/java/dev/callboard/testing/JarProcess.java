package dev.callboard.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The built jar as a process of its own, its folders below one temporary folder. The plugins that travel in it are left out,
 * so that a test has those alone that it puts into its folder, unless it asks for the jar as it is delivered.
 */
public final class JarProcess implements AutoCloseable {
    private static final String COMMAND = "-XX:TieredStopAtLevel=1";

    /** Some of these servers are given much to compute, and have to answer in time. */
    private static final String SERVER = "-XX:TieredStopAtLevel=4";

    static final String READY = "Callboard is listening on ";

    private static final int HEAP_MB = 256;

    private final Process process;
    private final Path errors;
    private @Nullable URI uri;

    private JarProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /**
     * What a command did.
     *
     * @param code the exit code
     * @param out standard output
     * @param err standard error
     */
    public record Done(int code, String out, String err) {}

    private static final Map<String, String> NO_BUNDLED_PLUGINS = Map.of("CALLBOARD_PLUGINS_BUNDLED", "false");

    private static ProcessBuilder builder(
            String compiler,
            int heapMb,
            Path folder,
            Path errors,
            Map<String, String> environment,
            String... arguments) {
        List<String> command = JarCommand.of("-Xmx" + heapMb + "m", compiler);
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    /** Runs a command to its end, in a folder. */
    public static Done run(Path folder, String... arguments) throws IOException, InterruptedException {
        return end(folder, NO_BUNDLED_PLUGINS, arguments);
    }

    /** As {@link #run}, with the plugins that travel in the jar. */
    public static Done runAsDelivered(Path folder, String... arguments) throws IOException, InterruptedException {
        return end(folder, Map.of(), arguments);
    }

    private static Done end(Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path errors = Files.createTempFile("callboard", ".err");
        Process process = builder(COMMAND, HEAP_MB, folder, errors, environment, arguments)
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the command did not end: " + Arrays.toString(arguments));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = Files.readString(errors);
        Files.delete(errors);
        return new Done(process.exitValue(), out, err);
    }

    /** Serves on a free port; returns when the ready line is there. */
    public static JarProcess serve(Path folder, String... arguments) throws IOException {
        return serve(folder, Map.of(), arguments);
    }

    /** As {@link #serve(Path, String...)}, with variables in the environment. */
    public static JarProcess serve(Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        Map<String, String> all = new HashMap<>(NO_BUNDLED_PLUGINS);
        all.putAll(environment);
        return start(folder, all, arguments);
    }

    /** As {@link #serve(Path, String...)}, with the plugins that travel in the jar. */
    public static JarProcess serveAsDelivered(Path folder, String... arguments) throws IOException {
        return start(folder, Map.of(), arguments);
    }

    private static JarProcess start(Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(List.of(), folder, environment, arguments);
    }

    /** @param before a command that starts the one that follows it */
    private static JarProcess start(
            List<String> before, Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return ready(launch(before, HEAP_MB, 0, folder, environment, arguments));
    }

    private static JarProcess ready(JarProcess server) throws IOException {
        BufferedReader out = server.process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                server.uri = URI.create(line.substring(READY.length()).strip());
                return server;
            }
        }
        throw new AssertionError("the server did not start: " + Files.readString(server.errors));
    }

    /** Starts a server and kills it so many milliseconds later, whether it is ready by then or not. */
    public static void killedAfter(Path folder, int ms) throws IOException, InterruptedException {
        try (JarProcess server = launch(List.of(), HEAP_MB, 0, folder, NO_BUNDLED_PLUGINS)) {
            server.process.waitFor(ms, TimeUnit.MILLISECONDS);
            server.kill();
        }
    }

    private static JarProcess launch(
            List<String> before,
            int heapMb,
            int port,
            Path folder,
            Map<String, String> environment,
            String... arguments)
            throws IOException {
        Path errors = Files.createTempFile("callboard", ".err");
        Map<String, String> variables = new HashMap<>(Databases.environment(folder));
        variables.putAll(environment);
        List<String> all = new ArrayList<>(List.of("serve", "--port", Integer.toString(port)));
        all.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = builder(SERVER, heapMb, folder, errors, variables, all.toArray(String[]::new));
        builder.command().addAll(0, before);
        return new JarProcess(builder.start(), errors);
    }

    /**
     * As {@link #serve(Path, Map, String...)}, at an address that clients know.
     *
     * @param port 0 takes a free one
     */
    public static JarProcess serveAt(int port, int heapMb, Path folder, Map<String, String> environment)
            throws IOException {
        Map<String, String> all = new HashMap<>(NO_BUNDLED_PLUGINS);
        all.putAll(environment);
        return ready(launch(List.of(), heapMb, port, folder, all));
    }

    /** As {@link #serve(Path, String...)}, with at most so many open files and sockets. */
    public static JarProcess serveWithFiles(Path folder, int files) throws IOException {
        return start(
                List.of("bash", "-c", "ulimit -n " + files + "; exec \"$@\"", "limited"), folder, NO_BUNDLED_PLUGINS);
    }

    /** Stops it where it is, as a machine that is paused does, or lets it go on. */
    public void pause(boolean paused) throws IOException, InterruptedException {
        new ProcessBuilder("kill", paused ? "-STOP" : "-CONT", Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Where it listens. */
    public URI uri() {
        if (uri == null) {
            throw new IllegalStateException("not ready");
        }
        return uri;
    }

    /** How much of the processors' time it has used so far. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** A client of its calls. */
    public Http http() {
        return Http.at(uri());
    }

    /** The processes of a plugin's code that it has started and that live. */
    public List<ProcessHandle> processesOf(String plugin) {
        return process.descendants()
                .filter(child -> child.info()
                        .arguments()
                        .filter(words -> Arrays.asList(words).contains(plugin))
                        .isPresent())
                .toList();
    }

    /** Kills it at once, as a power cut would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /** Asks it to end; its exit code, or -1 when it does not within that time. */
    public int terminate(int seconds) throws InterruptedException {
        process.destroy();
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** Waits until it has ended by itself; its exit code, or -1 when it does not within that time. */
    public int exitCode(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** What it has written to standard error. */
    public String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(errors);
    }
}
