package dev.callboard.cli;

import dev.callboard.Callboard;
import dev.callboard.config.ServerConfig;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.json.Utf8;
import dev.callboard.pipelines.Fault;
import dev.callboard.pipelines.PipelineMessages;
import dev.callboard.pipelines.PipelineMessages.CheckPipeline;
import dev.callboard.pipelines.PipelineMessages.PipelineChecked;
import dev.callboard.plugins.BundledPlugins;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks a pipeline file against the palette of this machine's folders. */
@Command(
        name = "validate",
        description = "Say everything that is wrong with a pipeline file.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 valid, 1 not valid, 2 bad usage."})
final class ValidateCommand implements Callable<Integer> {
    private static final int MAX_BYTES = 4_000_000;

    @Mixin
    private final FolderOptions folders = new FolderOptions();

    @Parameters(paramLabel = "FILE", description = "A pipeline in YAML or JSON.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws Exception {
        String text = read();
        ServerConfig config = folders.load();
        Path scratch = Files.createTempDirectory("callboard-validate");
        try {
            // The palette comes from the config and plugins folders; the data folder may be a running server's.
            Callboard callboard = Callboard.start(config.withData(scratch), false);
            try {
                return report(
                        callboard
                                .bus()
                                .ask(PipelineMessages.CHECK, new CheckPipeline(text))
                                .toCompletionStage()
                                .toCompletableFuture()
                                .get(),
                        config);
            } finally {
                callboard.stop();
            }
        } finally {
            remove(scratch);
        }
    }

    private String read() {
        try {
            return Utf8.decode(NamedFile.read(file, MAX_BYTES));
        } catch (JsonSyntaxException e) {
            throw NamedFile.unreadable(file.toString(), "it is not valid UTF-8, from line " + e.line() + " on");
        }
    }

    private int report(PipelineChecked checked, ServerConfig config) throws IOException {
        print(checked.errors(), "");
        print(checked.warnings(), "warning: ");
        if (!checked.errors().isEmpty() || !checked.warnings().isEmpty()) {
            boolean bundled = config.pluginRules().bundled()
                    && !BundledPlugins.ofServer().jars().isEmpty();
            System.err.println(plugins(config.plugins(), config.pluginsEnabled(), bundled));
        }
        if (!checked.errors().isEmpty()) {
            return ExitCode.FAILED;
        }
        System.out.println(file + ": the pipeline '" + checked.name() + "' is valid");
        return ExitCode.OK;
    }

    /**
     * Which plugins the pipeline was checked with: what one elsewhere brings is reported as missing.
     *
     * @param bundled whether some travel with the server
     */
    static String plugins(Path folder, boolean enabled, boolean bundled) throws IOException {
        Path looked = folder.toAbsolutePath().normalize();
        if (!enabled) {
            return "Checked without plugins: plugins.enabled is false.";
        }
        String none = bundled ? "Checked with the plugins that come with Callboard: " : "Checked without plugins: ";
        if (!Files.isDirectory(looked)) {
            return none + "there is no folder " + looked + "; name another with --plugins.";
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(looked, "*.[jJ][aA][rR]")) {
            return jars.iterator().hasNext()
                    ? "Checked with the plugins in " + looked + (bundled ? " and those that come with Callboard." : ".")
                    : none + "there is no jar in " + looked + "; name another folder with --plugins.";
        }
    }

    private void print(List<Fault> faults, String kind) {
        faults.stream()
                .sorted(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column))
                .forEach(fault -> System.err.println(file + ":" + fault.line() + ":" + fault.column() + ": " + kind
                        + (fault.pointer().isEmpty() ? "" : fault.pointer() + " ") + fault.detail()));
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
