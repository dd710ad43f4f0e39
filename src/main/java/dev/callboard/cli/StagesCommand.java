package dev.callboard.cli;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.palette.Origin;
import dev.callboard.problem.FileFaults;
import dev.callboard.problem.ProblemException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists, adds and removes stages: in the folders of this machine, or on a running server. */
@Command(name = "stages", description = "List, add or remove stages.", mixinStandardHelpOptions = true)
final class StagesCommand {
    private static final int MAX_BYTES = 4_000_000;

    @Command(name = "list", description = "List the palette.", mixinStandardHelpOptions = true)
    int list(
            @Mixin FolderOptions folders,
            @Option(names = "--server", paramLabel = "URL", description = "Ask this server.") @Nullable String server,
            @Option(names = "--json", description = "Print the palette as JSON.") boolean json)
            throws Exception {
        try (StagesSource source = StagesSource.open(server, folders)) {
            Map<?, ?> palette = source.list();
            if (json) {
                System.out.print(Json.writePretty(palette));
                return ExitCode.OK;
            }
            for (String group : List.of("sources", "stages", "sinks")) {
                if (palette.get(group) instanceof List<?> entries) {
                    entries.forEach(entry -> print((Map<?, ?>) entry));
                }
            }
            return ExitCode.OK;
        }
    }

    private static void print(Map<?, ?> entry) {
        String note = Boolean.FALSE.equals(entry.get("available")) ? "  not available: " + entry.get("reason") : "";
        Object plugin = entry.get("plugin");
        System.out.printf(
                "%-7s %-26s %-8s %s%s%s%n",
                entry.get("type"),
                entry.get("id"),
                // The core declares stages that a plugin brings the code of.
                plugin == null ? entry.get("origin") : Origin.PLUGIN.word(),
                entry.get("name"),
                plugin == null ? "" : " (" + plugin + ")",
                note);
    }

    @Command(
            name = "add",
            description = "Add a stage from a JSON file, - reads it from standard input.",
            mixinStandardHelpOptions = true)
    int add(
            @Mixin FolderOptions folders,
            @Option(names = "--server", paramLabel = "URL", description = "Add it on this server.") @Nullable
                    String server,
            @Parameters(paramLabel = "FILE") String file)
            throws Exception {
        Object definition = read(file);
        try (StagesSource source = StagesSource.open(server, folders)) {
            Map<?, ?> written = source.add(definition);
            System.out.println("Added " + written.get("id") + ", revision " + written.get("revision"));
            return ExitCode.OK;
        }
    }

    private static @Nullable Object read(String file) {
        try {
            return Json.parse(
                    file.equals("-")
                            ? NamedFile.read(System.in, "standard input", MAX_BYTES)
                            : NamedFile.read(path(file), MAX_BYTES));
        } catch (IOException e) {
            throw NamedFile.unreadable("standard input", FileFaults.reason(e));
        } catch (JsonSyntaxException e) {
            throw ProblemException.invalid(
                    "invalid_json",
                    file + " is not valid JSON, line " + e.line() + ", column " + e.column() + ": " + e.getMessage());
        }
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw NamedFile.unreadable(file, "it is not a path: " + e.getReason());
        }
    }

    @Command(name = "remove", description = "Remove a custom stage.", mixinStandardHelpOptions = true)
    int remove(
            @Mixin FolderOptions folders,
            @Option(names = "--server", paramLabel = "URL", description = "Remove it on this server.") @Nullable
                    String server,
            @Parameters(paramLabel = "ID") String id)
            throws Exception {
        try (StagesSource source = StagesSource.open(server, folders)) {
            Map<?, ?> written = source.remove(id);
            System.out.println("Removed " + written.get("id") + ", revision " + written.get("revision"));
            return ExitCode.OK;
        }
    }
}
