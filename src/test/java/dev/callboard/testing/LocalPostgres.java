package dev.callboard.testing;

import dev.callboard.store.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server on this machine, from the binaries of {@code io.zonky}; it ends with the tests. */
public final class LocalPostgres implements AutoCloseable {
    private static @Nullable LocalPostgres shared;

    private final EmbeddedPostgres server;
    private final AtomicInteger databases = new AtomicInteger();

    private LocalPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** The one of all tests of this process. Commits are not synced: these tests do not end the machine. */
    public static synchronized LocalPostgres shared() {
        LocalPostgres started = shared;
        if (started == null) {
            started = start(EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off"));
            shared = started;
        }
        return started;
    }

    /**
     * One of its own, as it is delivered, whose data outlives it.
     *
     * @param port 0 takes a free one
     */
    public static LocalPostgres at(Path data, int port) {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
        return start(port == 0 ? builder : builder.setPort(port));
    }

    /** One that answers over TLS too, with the certificate of an authority that nobody knows. */
    public static LocalPostgres withTls(OwnAuthority authority) {
        return start(EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", authority.pem().toString())
                .setServerConfig("ssl_key_file", authority.key().toString()));
    }

    private static LocalPostgres start(EmbeddedPostgres.Builder builder) {
        try {
            return new LocalPostgres(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new, empty database. */
    public PostgresServer database() {
        String name = "test" + databases.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return database(name);
    }

    /** One that is there. */
    public PostgresServer database(String name) {
        return new PostgresServer(
                "127.0.0.1", server.getPort(), name, "postgres", "", PostgresServer.Tls.DISABLE, null, 4);
    }

    /** Where it listens. */
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
