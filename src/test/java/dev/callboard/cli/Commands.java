package dev.callboard.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** {@code callboard run} in this virtual machine. */
final class Commands {
    private Commands() {}

    /** How it ended, and what it wrote to both streams. */
    record Ended(int code, String said) {}

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
