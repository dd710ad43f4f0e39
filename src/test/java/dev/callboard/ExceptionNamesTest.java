package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No sentence has an exception as a whole in it: that would show people the name of a Java class. What a failure of files means says
 * {@link dev.callboard.problem.FileFaults}.
 */
class ExceptionNamesTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "callboard");
    private static final Pattern EXCEPTION = Pattern.compile("\\+ (e|cause|failure)\\s*[+;)]");

    @Test
    void sentencesHaveNoExceptionInThem() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> EXCEPTION.matcher(read(file)).find())
                            .map(file -> SOURCES.relativize(file).toString().replace('\\', '/')))
                    // A fault of Callboard itself, and a line in the log of the server.
                    .containsExactlyInAnyOrder("cli/Failures.java", "fork/ForkMain.java");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
