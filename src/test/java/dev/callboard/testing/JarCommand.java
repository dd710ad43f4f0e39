package dev.callboard.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command that starts the packaged jar, with the options of Java that make a short life cheap: hundreds of processes are
 * started, and most of what each of them would do is loading and compiling the same classes. What users start themselves is
 * started as they do in {@code ReadmeIT}, {@code GuidesIT} and {@code LauncherIT}.
 */
public final class JarCommand {
    /** The packaged jar. */
    public static final Path JAR = Path.of("target", "callboard.jar").toAbsolutePath();

    private static final List<String> SHORT_LIFE =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:disable", "-Xlog:all=error:stderr");

    private JarCommand() {}

    /**
     * The command up to the jar; its arguments follow.
     *
     * @param options of Java
     */
    public static List<String> of(String... options) {
        if (!Files.exists(JAR)) {
            throw new AssertionError(JAR + " is missing: run mvn package first");
        }
        List<String> command = command(List.of(options));
        if (Files.exists(Archive.FILE)) {
            command.add("-XX:SharedArchiveFile=" + Archive.FILE);
        }
        command.addAll(List.of("-jar", JAR.toString()));
        return command;
    }

    private static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SHORT_LIFE);
        command.addAll(options);
        return command;
    }

    /** The loaded classes of a server that has answered, made once for all test processes. */
    private static final class Archive {
        static final Path FILE = make();

        private static Path make() {
            Path folder = Path.of("target", "class-data").toAbsolutePath();
            try {
                Files.createDirectories(folder);
                String stamp =
                        Files.size(JAR) + "-" + Files.getLastModifiedTime(JAR).toMillis();
                Path file = folder.resolve(Runtime.version().feature() + "-" + stamp + ".jsa");
                try (FileChannel channel = FileChannel.open(
                                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (lock.isValid() && !Files.exists(file)) {
                        leave(file, Files.createTempDirectory(folder, "server"));
                    }
                }
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /** Serves until the first page was given. A Java that leaves nothing behind starts without. */
        private static void leave(Path file, Path folder) throws IOException, InterruptedException {
            Path part = folder.resolve("classes.jsa");
            List<String> command = command(List.of("-XX:ArchiveClassesAtExit=" + part));
            command.addAll(List.of("-jar", JAR.toString(), "serve", "--port", "0"));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(folder.resolve("err.log").toFile());
            builder.environment().put("CALLBOARD_PLUGINS_BUNDLED", "false");
            Process server = builder.start();
            try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
                String line = out.readLine();
                while (line != null && !line.startsWith(JarProcess.READY)) {
                    line = out.readLine();
                }
                if (line != null) {
                    Http.at(URI.create(line.substring(JarProcess.READY.length()).strip()))
                            .get("/");
                }
                server.destroy();
                server.waitFor(Patience.SOON.toSeconds(), TimeUnit.SECONDS);
            } finally {
                server.destroyForcibly();
            }
            if (Files.exists(part)) {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
