package dev.callboard.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** The tables of a PostgreSQL database, made and upgraded by the same files as HSQLDB's. Blocks. */
final class PostgresSchema {
    private static final int CONNECT_TIMEOUT_S = 5;

    private PostgresSchema() {}

    /** Makes the tables, or upgrades those of an older version. */
    static void upgrade(PostgresServer server) throws SQLException {
        PGSimpleDataSource source = source(server);
        try (Connection connection = source.getConnection()) {
            if (SchemaVersion.isNewest(connection, SchemaVersion.POSTGRESQL)) {
                return;
            }
        }
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration", "classpath:db/postgresql")
                .javaMigrations(new LeanTables())
                .load()
                .migrate();
    }

    /** Connections by JDBC, with the same protection as all others. */
    static PGSimpleDataSource source(PostgresServer server) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {server.host()});
        source.setPortNumbers(new int[] {server.port()});
        source.setDatabaseName(server.database());
        source.setUser(server.user());
        source.setPassword(server.password());
        source.setConnectTimeout(CONNECT_TIMEOUT_S);
        source.setApplicationName("callboard schema");
        switch (server.tls()) {
            case DISABLE -> source.setSslMode("disable");
            case REQUIRE -> source.setSslMode("require");
            case VERIFY_FULL -> {
                source.setSslMode("verify-full");
                if (server.certificates() == null) {
                    source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
                } else {
                    source.setSslRootCert(server.certificates().toString());
                }
            }
        }
        return source;
    }
}
