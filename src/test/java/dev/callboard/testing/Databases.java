package dev.callboard.testing;

import dev.callboard.metrics.Meters;
import dev.callboard.store.DataFolder;
import dev.callboard.store.Database;
import dev.callboard.store.PostgresServer;
import dev.callboard.store.Reserve;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Databases of tests: embedded, or with {@code -Dcallboard.test.database=postgresql} of a PostgreSQL server that the tests start
 * themselves; then each data folder has a database of its own.
 */
public final class Databases {
    private static final Map<Path, PostgresServer> OF_FOLDERS = new ConcurrentHashMap<>();

    private Databases() {}

    /** Whether tests run on PostgreSQL. */
    public static boolean onPostgres() {
        return "postgresql".equals(System.getProperty("callboard.test.database"));
    }

    /** Opens that of a folder, which may be opened again later. */
    public static Future<Database> open(Vertx vertx, DataFolder folder) {
        return onPostgres()
                ? Database.open(
                        vertx,
                        OF_FOLDERS.computeIfAbsent(folder.path().toAbsolutePath(), made -> LocalPostgres.shared()
                                .database()),
                        folder,
                        Reserve.standard(),
                        Meters.none())
                : Database.open(vertx, folder);
    }

    private static PostgresServer of(Path folder) {
        return OF_FOLDERS.computeIfAbsent(
                folder.toAbsolutePath(), made -> LocalPostgres.shared().database());
    }

    /** The variables with which a server of that folder uses the database of the folder; none for the embedded one. */
    static Map<String, String> environment(Path folder) {
        return onPostgres() ? environment(of(folder)) : Map.of();
    }

    /** The variables with which a server uses a database. */
    public static Map<String, String> environment(PostgresServer server) {
        return Map.of(
                "CALLBOARD_DATABASE_URL",
                "postgresql://" + server.host() + ":" + server.port() + "/" + server.database(),
                "CALLBOARD_DATABASE_USER",
                server.user());
    }
}
