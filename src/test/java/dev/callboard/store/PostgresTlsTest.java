package dev.callboard.store;

import static dev.callboard.store.DatabaseTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.metrics.Meters;
import dev.callboard.store.PostgresServer.Tls;
import dev.callboard.testing.LocalPostgres;
import dev.callboard.testing.OwnAuthority;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections to PostgreSQL are protected as they are asked to be. */
class PostgresTlsTest {
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path dir;

    private OwnAuthority authority;
    private LocalPostgres postgres;
    private DataFolder folder;

    @BeforeEach
    void start() throws IOException {
        authority = OwnAuthority.in(dir);
        postgres = LocalPostgres.withTls(authority);
        folder = DataFolder.open(dir.resolve("data"));
    }

    @AfterEach
    void close() throws IOException {
        folder.close();
        await(vertx.close());
        postgres.close();
    }

    private Future<Database> open(String host, Tls tls, @Nullable Path certificates) {
        PostgresServer plain = postgres.database();
        return Database.open(
                vertx,
                new PostgresServer(host, plain.port(), plain.database(), plain.user(), "", tls, certificates, 2),
                folder,
                new Reserve(0),
                Meters.none());
    }

    @ParameterizedTest
    @EnumSource(Tls.class)
    void eachConnectionIsProtectedAsAskedFor(Tls tls) {
        Database database = await(open("localhost", tls, authority.pem()));
        assertThat(await(database.read(PostgresTlsTest::isProtected))).isEqualTo(tls != Tls.DISABLE);
        assertThat(await(database.write(PostgresTlsTest::isProtected))).isEqualTo(tls != Tls.DISABLE);
        await(database.close());
    }

    private static Future<Boolean> isProtected(Transaction transaction) {
        return transaction
                .execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                .map(rows -> rows.iterator().next().getBoolean("ssl"));
    }

    @Test
    void aServerThatIsNotTrustedIsRefused() {
        assertThatThrownBy(() -> await(open("localhost", Tls.VERIFY_FULL, null)))
                .hasMessageContaining("cannot be used");
    }

    @Test
    void aServerOfAnotherNameIsRefused() {
        assertThatThrownBy(() -> await(open("127.0.0.1", Tls.VERIFY_FULL, authority.pem())))
                .hasMessageContaining("cannot be used");
    }
}
