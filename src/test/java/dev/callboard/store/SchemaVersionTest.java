package dev.callboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaVersionTest {
    @Test
    void namesTheNewestMigrationOfEachDatabase() throws IOException, URISyntaxException {
        assertThat(SchemaVersion.HSQLDB).isEqualTo(newest("/db/migration", "/db/hsqldb"));
        assertThat(SchemaVersion.POSTGRESQL).isEqualTo(newest("/db/migration", "/db/postgresql"));
    }

    private static String newest(String... folders) throws IOException, URISyntaxException {
        Stream<String> versions = Stream.of(LeanTables.VERSION);
        for (String folder : folders) {
            versions = Stream.concat(versions, versions(folder));
        }
        return versions.max(Comparator.comparingInt(Integer::parseInt)).orElseThrow();
    }

    private static Stream<String> versions(String folder) throws IOException, URISyntaxException {
        Path path = Path.of(
                Objects.requireNonNull(SchemaVersion.class.getResource(folder)).toURI());
        try (Stream<Path> files = Files.list(path)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .map(name -> name.substring(1, name.indexOf("__")))
                    .toList()
                    .stream();
        }
    }
}
