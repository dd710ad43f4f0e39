package dev.callboard.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The command {@code callboard} and its sub-commands; without one it serves. */
@Command(
        name = "callboard",
        description = "A pipeline server with a live palette of stages.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ServeCommand.class,
            RunCommand.class,
            ValidateCommand.class,
            StagesCommand.class,
            MigrateCommand.class
        },
        exitCodeOnInvalidInput = ExitCode.BAD_USAGE,
        exitCodeOnExecutionException = ExitCode.FAILED,
        footer = {
            "",
            "Every option is also an environment variable (CALLBOARD_PORT, ...) and a setting in config/callboard.yaml.",
            "Exit codes: 0 done, 1 failed, 2 bad usage, 3 waiting for approval."
        })
public final class CallboardCommand implements Callable<Integer> {
    /** Not an exit code: the server runs until it is stopped. */
    public static final int KEEP_RUNNING = -1;

    @Mixin
    private final FolderOptions folders = new FolderOptions();

    @Mixin
    private final ListenOptions listen = new ListenOptions();

    private CallboardCommand() {}

    /**
     * The command line of a process: as {@link #run}, with UTF-8 for what is read and written, whatever the locale.
     */
    public static int main(String version, String... arguments) {
        TextStreams.useUtf8();
        String[] texts = TextStreams.arguments(arguments);
        int code = PlainServe.options(texts).map(ServeCommand::serve).orElseGet(() -> run(version, texts));
        System.out.flush();
        System.err.flush();
        return code;
    }

    /**
     * Parses and runs.
     *
     * @param version what {@code --version} prints
     * @return the exit code, or {@link #KEEP_RUNNING}
     */
    public static int run(String version, String... arguments) {
        CommandLine line = new CommandLine(new CallboardCommand())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.getCommandSpec().version("callboard " + version);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(CallboardCommand::badUsage);
        line.setExecutionExceptionHandler((failure, command, parsed) -> Failures.print(failure));
        return line.execute(arguments);
    }

    private static int badUsage(ParameterException wrong, String[] arguments) {
        System.err.println("callboard: " + wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, System.err);
        System.err.println(
                "Try 'callboard " + spaced(wrong.getCommandLine().getCommandSpec()) + "--help' for the options.");
        return ExitCode.BAD_USAGE;
    }

    private static String spaced(CommandSpec spec) {
        return spec.parent() == null ? "" : spec.name() + " ";
    }

    @Override
    public Integer call() {
        return ServeCommand.serve(ServeCommand.options(folders, listen));
    }
}
