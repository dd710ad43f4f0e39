package dev.callboard.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import picocli.CommandLine;

/** {@code callboard run} in this virtual machine. */
final class Commands {
    private Commands() {}

    /** How it ended, and what it wrote to both streams. */
    record Ended(int code, String said) {}

    /** With its data, configuration and plugins in a folder, and without a server. */
    static Ended alone(Path folder, String... more) {
        String[] folders = {
            "--data", folder.resolve("data").toString(),
            "--config", folder.resolve("config").toString(),
            "--plugins", folder.resolve("plugins").toString()
        };
        return run(Stream.of(folders, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    static Ended run(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            CommandLine line = new CommandLine(new RunCommand())
                    .setExecutionExceptionHandler((failure, command, parsed) -> Failures.print(failure));
            return new Ended(line.execute(arguments), said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
