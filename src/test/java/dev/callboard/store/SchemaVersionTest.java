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
    void namesTheNewestMigration() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(SchemaVersion.class.getResource("/db/migration"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            String newest = Stream.concat(
                            files.map(file -> file.getFileName().toString())
                                    .map(name -> name.substring(1, name.indexOf("__"))),
                            Stream.of(LeanTables.VERSION))
                    .max(Comparator.comparingInt(Integer::parseInt))
                    .orElseThrow();
            assertThat(SchemaVersion.NEWEST).isEqualTo(newest);
        }
    }
}
