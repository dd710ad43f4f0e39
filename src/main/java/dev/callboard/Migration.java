package dev.callboard;

import dev.callboard.config.DatabaseConfig;
import dev.callboard.config.ServerConfig;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.DataFolder;
import dev.callboard.store.DatabaseCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Consumer;

/** Copies the database of a data folder to the PostgreSQL database of a configuration. */
public final class Migration {
    private Migration() {}

    /**
     * Copies all of it or nothing, and compares what arrived. Files of the data folder stay where they are: a server that uses
     * the new database needs them too. Blocks.
     *
     * @param copied told of each table when it is copied and compared
     * @throws ProblemException {@code database_not_empty}, {@code database_in_use}, {@code data_folder_in_use},
     *     {@code database_unavailable}, {@code copy_differs}
     */
    public static void run(ServerConfig config, Consumer<DatabaseCopy.Table> copied) throws IOException {
        DatabaseConfig address = config.database();
        if (address == null) {
            throw ProblemException.invalid("invalid_option", "--to must name a PostgreSQL database.");
        }
        if (!Files.isDirectory(config.data())) {
            throw DatabaseCopy.nothing(config.data());
        }
        try (DataFolder folder = DataFolder.open(config.data())) {
            DatabaseCopy.run(folder, DatabaseOfServer.at(address), copied);
        }
    }
}
