package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.JarCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged jar with the first-party plugins, run in a folder as people run it. */
final class PackagedJar {
    private static final Path PLUGINS = Path.of("plugins").toAbsolutePath();

    private final Path folder;

    PackagedJar(Path folder) {
        this.folder = folder;
    }

    /** How a command ended. */
    record Ended(int code, String out, String err) {}

    ProcessBuilder command(String... arguments) {
        List<String> line = JarCommand.of();
        line.addAll(List.of(arguments));
        line.addAll(List.of("--plugins", PLUGINS.toString()));
        return new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
    }

    /** Runs a command to its end, with that standard input. */
    Ended run(String input, String... arguments) throws IOException, InterruptedException {
        Process process = command(arguments).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(), Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }
}
