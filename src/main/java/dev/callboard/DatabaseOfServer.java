package dev.callboard;

import dev.callboard.config.DatabaseConfig;
import dev.callboard.config.Environment;
import dev.callboard.config.ServerConfig;
import dev.callboard.metrics.Meters;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.DataFolder;
import dev.callboard.store.Database;
import dev.callboard.store.PostgresServer;
import dev.callboard.store.Reserve;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The database that a configuration names. */
final class DatabaseOfServer {
    private DatabaseOfServer() {}

    /** Opens it; fails with what a start is answered with. */
    static Future<Database> open(ServerConfig config, Vertx vertx, DataFolder folder, Reserve reserve, Meters meters) {
        DatabaseConfig address = config.database();
        return address == null
                ? Database.open(vertx, folder, reserve, meters)
                : Database.open(vertx, at(address), folder, reserve, meters);
    }

    /**
     * Where a PostgreSQL database is, with the password that the configuration only names.
     *
     * @throws ProblemException {@code database_refused}, when the password's variable is not set
     */
    static PostgresServer at(DatabaseConfig address) {
        String variable = address.passwordVariable();
        return new PostgresServer(
                address.host(),
                address.port(),
                address.name(),
                address.user(),
                variable == null ? "" : password(variable),
                PostgresServer.Tls.valueOf(address.sslMode().replace('-', '_').toUpperCase(Locale.ROOT)),
                address.certificates(),
                address.pool());
    }

    private static String password(String variable) {
        @Nullable String password = Environment.variable(variable);
        if (password == null) {
            throw ProblemException.unavailable(
                    "database_refused",
                    "The environment variable " + variable
                            + " is not set; database.password_env names it as the password of"
                            + " the database. Set it, then start again.");
        }
        return password;
    }
}
