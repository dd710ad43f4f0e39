package dev.callboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Documents of a database of the version before are found by their texts as soon as the server answers. */
@Timeout(180)
class DocumentTextUpgradeTest {
    /** More than get their text in one transaction. */
    private static final int DOCUMENTS = 1_100;

    @TempDir
    Path folder;

    private void before() throws Exception {
        Hsqldb old = new Hsqldb(folder.resolve("data"));
        old.open();
        Flyway.configure()
                .dataSource(old.url(), Hsqldb.USER, Hsqldb.NO_PASSWORD)
                .locations("classpath:db/migration", "classpath:db/hsqldb")
                .javaMigrations(new LeanTables())
                .target("27")
                .load()
                .migrate();
        try (Connection connection = old.connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < DOCUMENTS; i++) {
                statement.execute(
                        "INSERT INTO document_parts (project_id, doc_id, part, facts, task_id, updated_at) VALUES"
                                + " ('', 'doc-" + i + "', 'document', '{\"title\":\"Paper \\\"" + i
                                + "\\\"\",\"valid\":true}', 't', CURRENT_TIMESTAMP)");
            }
        }
        old.shutDown();
    }

    @Test
    void theyAreFoundByTheirTitlesAndNotByTheNamesOfFacts() throws Exception {
        before();
        try (TestServer server = TestServer.start(folder)) {
            assertThat(server.http()
                            .get("/api/documents?q=paper%20%221099%22")
                            .at("/items/0/doc_id")
                            .asText())
                    .isEqualTo("doc-1099");
            assertThat(server.http().get("/api/documents?q=valid").at("/items").isEmpty())
                    .isTrue();
        }
    }
}
