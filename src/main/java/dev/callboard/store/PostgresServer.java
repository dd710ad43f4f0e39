package dev.callboard.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL database is.
 *
 * @param host name or address
 * @param port of it
 * @param database its name
 * @param user who connects
 * @param password empty when none is asked for
 * @param tls how the connection is protected
 * @param certificates PEM file of the certificate authorities that are trusted; null trusts those of Java
 * @param readers the most connections for reading
 */
public record PostgresServer(
        String host,
        int port,
        String database,
        String user,
        String password,
        Tls tls,
        @Nullable Path certificates,
        int readers) {
    /** How a connection is protected, in PostgreSQL's words. */
    public enum Tls {
        /** Not at all. */
        DISABLE,
        /** Encrypted, by whatever server answers. */
        REQUIRE,
        /** Encrypted, by a server whose certificate is trusted and names the host. */
        VERIFY_FULL
    }

    /** Without the password. */
    @Override
    public String toString() {
        return host + ":" + port + "/" + database;
    }
}
