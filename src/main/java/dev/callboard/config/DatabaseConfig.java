package dev.callboard.config;

import dev.callboard.spi.Forms;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database.
 *
 * @param host name or address
 * @param port of it. Default 5432
 * @param name of the database
 * @param user who connects. Default {@code callboard}
 * @param passwordVariable the name of the environment variable with the password. Default null: none is sent
 * @param sslMode {@code disable}, {@code require} or {@code verify-full}. Default {@code verify-full}, and {@code disable} on
 *     this machine
 * @param certificates PEM file of the certificate authorities that are trusted. Default null: those of Java
 * @param pool the most connections for reading. Default 10
 */
public record DatabaseConfig(
        String host,
        int port,
        String name,
        String user,
        @Nullable String passwordVariable,
        String sslMode,
        @Nullable Path certificates,
        int pool) {
    private static final int PORT = 5432;
    private static final Set<String> SSL_MODES = Set.of("disable", "require", "verify-full");
    private static final String FORM =
            "must be an address such as postgresql://db.example.org:5432/callboard?sslmode=verify-full; sslmode is disable,"
                    + " require or verify-full, and sslrootcert the PEM file of trusted authorities";

    /** Null when nothing is said of it: the database is in the data folder. */
    static @Nullable DatabaseConfig from(ConfigValues config) {
        String url = config.text(ConfigKey.DATABASE_URL);
        String variable = config.text(ConfigKey.DATABASE_PASSWORD_ENV);
        if (!variable.isEmpty() && !Forms.VARIABLE.matcher(variable).matches()) {
            config.wrong(ConfigKey.DATABASE_PASSWORD_ENV, "must be the name of an environment variable");
        }
        int pool = (int) config.number(ConfigKey.DATABASE_POOL, 1, 1_000);
        if (url.isEmpty()) {
            return null;
        }
        URI address = address(url);
        Map<String, String> parameters = address == null ? Map.of() : parameters(address.getRawQuery());
        if (address == null
                || address.getHost() == null
                || address.getPath().length() < 2
                || address.getPath().indexOf('/', 1) >= 0
                || !Set.of("sslmode", "sslrootcert").containsAll(parameters.keySet())
                || !SSL_MODES.contains(parameters.getOrDefault("sslmode", "disable"))) {
            config.hidden(ConfigKey.DATABASE_URL, FORM);
            return null;
        }
        if (address.getRawUserInfo() != null) {
            config.hidden(
                    ConfigKey.DATABASE_URL,
                    "must not have a user or a password; they are database.user and database.password_env");
        }
        String host = address.getHost();
        String certificates = parameters.get("sslrootcert");
        return new DatabaseConfig(
                host,
                address.getPort() < 0 ? PORT : address.getPort(),
                address.getPath().substring(1),
                config.text(ConfigKey.DATABASE_USER),
                variable.isEmpty() ? null : variable,
                parameters.getOrDefault("sslmode", isHere(host) ? "disable" : "verify-full"),
                certificates == null ? null : Path.of(certificates),
                pool);
    }

    private static @Nullable URI address(String url) {
        try {
            URI address = URI.create(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
            return Set.of("postgresql", "postgres")
                            .contains(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT))
                    ? address
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String each : query == null ? new String[0] : query.split("&", -1)) {
            int equals = each.indexOf('=');
            parameters.put(equals < 0 ? each : each.substring(0, equals), each.substring(equals + 1));
        }
        return parameters;
    }

    private static boolean isHere(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }
}
