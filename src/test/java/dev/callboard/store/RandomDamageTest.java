package dev.callboard.store;

import static dev.callboard.store.DatabaseTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.problem.ProblemException;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any file of the database of a killed server is damaged anywhere: either all is there, or the start is refused with the file's
 * name and the way back, or a warning and a copy say that something is missing or changed.
 * {@code -Dcallboard.damages=200 -Dseed=…} for more.
 */
class RandomDamageTest {
    private static final int DAMAGES = Integer.getInteger("callboard.damages", 15);
    private static final int TASKS = 40;

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path dir;

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void nothingIsMissingWithoutAWarningAndACopy() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        Path killed = killedServer();
        Map<String, Set<String>> whole = open(copy(killed, "whole")).rows();
        assertThat(whole.get("tasks")).hasSize(TASKS);
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int i = 0; i < DAMAGES; i++) {
            Path damaged = copy(killed, "damaged-" + i);
            String damage = damage(damaged.resolve("db"), random);
            String outcome = outcome(damaged, whole, "seed " + seed + ", damage " + i + ": " + damage);
            outcomes.merge(outcome, 1, Integer::sum);
            remove(damaged);
        }
        System.out.println("seed " + seed + ": " + outcomes);
    }

    private String outcome(Path damaged, Map<String, Set<String>> whole, String what) throws Exception {
        Opened opened;
        try {
            opened = open(damaged);
        } catch (CompletionException e) {
            assertThat(e.getCause()).as(what).isInstanceOf(ProblemException.class);
            assertThat(e.getCause().getMessage())
                    .as(what)
                    .contains("database_damaged")
                    .contains(damaged.resolve("db").toString())
                    .contains("backup");
            return "refused";
        }
        if (opened.rows().equals(whole)) {
            return opened.findings().isEmpty() ? "no harm" : "no harm, said";
        }
        assertThat(opened.findings())
                .as(what + ", " + missing(whole, opened.rows()))
                .isNotEmpty();
        assertThat(damaged.resolve("damaged")).as(what).isDirectory();
        return missing(whole, opened.rows()).isEmpty() ? "changed, said" : "missing, said";
    }

    /** Ids of tasks that are not there. */
    private static Set<String> missing(Map<String, Set<String>> whole, Map<String, Set<String>> now) {
        Set<String> ids = new TreeSet<>();
        whole.get("tasks").forEach(row -> ids.add(row.substring(0, row.indexOf('|'))));
        now.getOrDefault("tasks", Set.of()).forEach(row -> ids.remove(row.substring(0, row.indexOf('|'))));
        return ids;
    }

    /** The data folder as a killed server leaves it, one half of the tasks in tables, the other in the log. */
    private Path killedServer() throws IOException {
        Path folder = dir.resolve("server");
        Path pipelines = Files.createDirectories(folder.resolve("config").resolve("pipelines"));
        Files.writeString(pipelines.resolve("one.yaml"), "name: one\nstages:\n  - {name: plan, type: planning}\n");
        try (TestServer server = TestServer.start(folder)) {
            for (int i = 0; i < TASKS; i++) {
                if (i == TASKS / 2) {
                    server.restart();
                }
                Reply reply =
                        server.http().post("/api/tasks", Map.of("title", "Task " + i + " for Zoë", "pipeline", "one"));
                assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
            }
            return copy(folder.resolve("data"), "killed");
        }
    }

    private Path copy(Path data, String name) throws IOException {
        Path to = Files.createDirectories(dir.resolve(name).resolve("db"));
        try (Stream<Path> files = Files.list(data.resolve("db"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return dir.resolve(name);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static String damage(Path db, Random random) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(db)) {
            files = all.filter(file -> Files.isRegularFile(file)).sorted().toList();
        }
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length == 0) {
            return file.getFileName() + " is empty";
        }
        int at = random.nextInt(bytes.length);
        int length = Math.min(1 << random.nextInt(13), bytes.length - at);
        String how;
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                how = "byte";
                length = 1;
                bytes[at] ^= (byte) (1 + random.nextInt(255));
            }
            case 2 -> {
                how = "zeros";
                Arrays.fill(bytes, at, at + length, (byte) 0);
            }
            case 3 -> {
                how = "noise";
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bytes, at, length);
            }
            default -> {
                how = "cut";
                byte[] shorter = new byte[bytes.length - length];
                System.arraycopy(bytes, 0, shorter, 0, at);
                System.arraycopy(bytes, at + length, shorter, at, bytes.length - at - length);
                bytes = shorter;
            }
        }
        Files.write(file, bytes);
        return file.getFileName() + " " + how + " " + length + " at " + at;
    }

    private record Opened(List<String> findings, Map<String, Set<String>> rows) {}

    private Opened open(Path data) throws SQLException {
        try (DataFolder folder = DataFolder.open(data)) {
            Database database = await(Database.open(vertx, folder));
            try {
                return new Opened(database.storage().findings(), rows(new Hsqldb(data).url()));
            } finally {
                await(database.close());
            }
        }
    }

    private static Map<String, Set<String>> rows(String url) throws SQLException {
        Map<String, Set<String>> rows = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(url, "SA", "");
                Statement statement = connection.createStatement()) {
            Set<String> tables = new TreeSet<>();
            try (ResultSet found = statement.executeQuery("SELECT table_name FROM information_schema.system_tables"
                    + " WHERE table_schem = 'PUBLIC' AND table_type = 'TABLE'")) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
            for (String table : tables) {
                rows.put(table.toLowerCase(Locale.ROOT), rows(statement, table));
            }
        }
        return rows;
    }

    private static Set<String> rows(Statement statement, String table) throws SQLException {
        Set<String> rows = new TreeSet<>();
        try (ResultSet found = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.append(found.getString(i)).append('|');
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
