package dev.callboard.cli;

import dev.callboard.Migration;
import dev.callboard.config.ConfigLoader;
import dev.callboard.config.ServerConfig;
import dev.callboard.store.DatabaseCopy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies the embedded database of a data folder into PostgreSQL. */
@Command(
        name = "migrate",
        description = "Copy the database of a data folder into an empty PostgreSQL database, and compare what arrived.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The server of the data folder must be stopped. The folder stays as it is, and is needed further: its files are"
                    + " not copied.",
            "Exit codes: 0 copied, 1 not copied, 2 bad usage."
        })
final class MigrateCommand implements Callable<Integer> {
    @Option(names = "--from", paramLabel = "DIR", required = true, description = "The data folder.")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "URL",
            required = true,
            description = "Such as postgresql://db.example.org/callboard; see database.url.")
    private String to = "";

    @Option(names = "--user", paramLabel = "NAME", description = "Who connects. Default: callboard")
    private @Nullable String user;

    @Option(
            names = "--password-env",
            paramLabel = "NAME",
            description = "The environment variable with the password. Default: none is sent")
    private @Nullable String passwordVariable;

    @Option(names = "--config", paramLabel = "DIR", description = "Settings. Default: config")
    private @Nullable String config;

    @Override
    public Integer call() throws Exception {
        Map<String, String> options = new HashMap<>(Map.of("data", from, "database.url", to));
        FolderOptions.put(options, "database.user", user);
        FolderOptions.put(options, "database.password_env", passwordVariable);
        FolderOptions.put(options, "config", config);
        ServerConfig loaded = ConfigLoader.loadForCommand(options);
        Migration.run(loaded, MigrateCommand::print);
        System.out.println("All rows are the same. Start the server with database.url = " + to
                + " and the same data folder: its files were not copied.");
        return ExitCode.OK;
    }

    private static void print(DatabaseCopy.Table table) {
        System.out.println(table.name() + ": " + table.rows() + (table.rows() == 1 ? " row" : " rows")
                + (table.changed() == 0 ? "" : ", in " + table.changed() + " of them a NUL in a text became U+FFFD"));
    }
}
