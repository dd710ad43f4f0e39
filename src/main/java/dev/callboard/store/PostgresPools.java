package dev.callboard.store;

import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Connections to a PostgreSQL server. */
final class PostgresPools {
    private static final int CONNECT_TIMEOUT_MS = 5_000;

    private PostgresPools() {}

    /** The one connection that writes. */
    static Pool writing(Vertx vertx, PostgresServer server, PostgresBackend.Patience patience) {
        return pool(vertx, server, patience, 1, Map.of("application_name", "callboard writer"));
    }

    /** Connections whose transactions see one moment and cannot write. */
    static Pool reading(Vertx vertx, PostgresServer server, PostgresBackend.Patience patience) {
        Map<String, String> settings = Map.of(
                "application_name",
                "callboard reader",
                "default_transaction_isolation",
                "repeatable read",
                "default_transaction_read_only",
                "on");
        return pool(vertx, server, patience, server.readers(), settings);
    }

    private static Pool pool(
            Vertx vertx,
            PostgresServer server,
            PostgresBackend.Patience patience,
            int size,
            Map<String, String> settings) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(server.host())
                .setPort(server.port())
                .setDatabase(server.database())
                .setUser(server.user())
                .setPassword(server.password())
                .setProperties(settings)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(400)
                .setPreparedStatementCacheSqlLimit(16_000);
        if (server.tls() != PostgresServer.Tls.DISABLE) {
            ClientSSLOptions tls = new ClientSSLOptions();
            boolean verified = server.tls() == PostgresServer.Tls.VERIFY_FULL;
            if (server.certificates() != null) {
                tls.setTrustOptions(
                        new PemTrustOptions().addCertPath(server.certificates().toString()));
            }
            tls.setTrustAll(!verified).setHostnameVerificationAlgorithm(verified ? "HTTPS" : "");
            options.setSslMode(verified ? SslMode.VERIFY_FULL : SslMode.REQUIRE).setSslOptions(tls);
        }
        return PgBuilder.pool()
                .connectingTo(options)
                .with(new PoolOptions()
                        .setMaxSize(size)
                        .setIdleTimeout((int) patience.pulseMs())
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setConnectionTimeout(CONNECT_TIMEOUT_MS)
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .with(new NetClientOptions()
                        .setConnectTimeout(CONNECT_TIMEOUT_MS)
                        .setReadIdleTimeout((int) patience.silence().toMillis())
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true))
                .using(vertx)
                .build();
    }
}
