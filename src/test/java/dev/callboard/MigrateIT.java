package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.store.PostgresServer;
import dev.callboard.testing.Databases;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.LocalPostgres;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server moves from its data folder's database into PostgreSQL, and goes on there. */
class MigrateIT {
    @TempDir
    Path folder;

    private final PostgresServer server = LocalPostgres.shared().database();
    private final DecidingPeople people = new DecidingPeople(0);

    @Test
    void aServerGoesOnInPostgresWithAllThatItHad() throws Exception {
        String palette;
        try (JarProcess embedded = JarProcess.serve(folder, Map.of("CALLBOARD_DATABASE_URL", ""))) {
            Http http = embedded.http();
            CompletableFuture<Void> deciding = CompletableFuture.runAsync(() -> people.decide(http, "before"));
            await().until(() -> people.decided() > 20);
            people.stop();
            deciding.join();
            palette = http.get("/api/vp").text();
            assertThat(migrate().err()).contains("is in use by another Callboard");
            assertThat(embedded.terminate(20)).isZero();
        }

        JarProcess.Done copied = migrate();
        assertThat(copied.code()).as(copied.err()).isZero();
        assertThat(copied.out()).contains("tasks: " + people.made() + " rows").contains("All rows are the same.");

        try (JarProcess moved = JarProcess.serve(folder, Databases.environment(server))) {
            people.checkAll(moved.http());
            assertThat(moved.http().get("/api/vp").text()).isEqualTo(palette);
            int before = people.decided();
            CompletableFuture<Void> deciding = CompletableFuture.runAsync(() -> people.decide(moved.http(), "after"));
            await().until(() -> people.decided() > before);
            people.stop();
            deciding.join();
            people.checkAll(moved.http());
            assertThat(migrate().err()).contains("is in use by another Callboard");
            assertThat(moved.terminate(20)).isZero();
        }

        JarProcess.Done again = migrate();
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("has rows already").contains("Nothing was copied");
    }

    @Test
    void whatCannotBeCopiedIsSaid() throws Exception {
        JarProcess.Done none = migrate();
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("has no database to copy");
        assertThat(folder.resolve("data")).doesNotExist();
        JarProcess.Done elsewhere = JarProcess.run(folder, "migrate", "--from", "data", "--to", "mysql://here/there");
        assertThat(elsewhere.code()).isEqualTo(2);
        assertThat(elsewhere.err()).contains("must be an address such as postgresql://");
    }

    private JarProcess.Done migrate() throws Exception {
        return JarProcess.run(
                folder,
                "migrate",
                "--from",
                "data",
                "--to",
                "postgresql://" + server.host() + ":" + server.port() + "/" + server.database(),
                "--user",
                server.user());
    }
}
