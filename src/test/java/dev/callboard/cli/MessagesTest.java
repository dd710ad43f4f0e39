package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files and folders that a command cannot use are refused in words, with the code of bad usage. */
class MessagesTest {
    @TempDir
    Path dir;

    @BeforeEach
    void file() throws IOException {
        Files.writeString(dir.resolve("a.txt"), "A text.");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            validate DIR                          | DIR cannot be read: it is a folder.
            validate DIR/none.yaml                | DIR/none.yaml cannot be read: there is no such file or folder.
            validate DIR/a.txt/b.yaml             | DIR/a.txt/b.yaml cannot be read: a part of its path is a file, not a folder.
            stages add DIR/nope.json              | DIR/nope.json cannot be read: there is no such file or folder.
            stages add DIR                        | DIR cannot be read: it is a folder.
            run auto --input DIR/none             | The input DIR/none cannot be read: there is no such file or folder.
            stages list --data DIR/a.txt          | data must be a folder, and DIR/a.txt is a file; it is 'DIR/a.txt'
            stages list --data DIR/a.txt/b        | data must be a folder, and DIR/a.txt is a file; it is 'DIR/a.txt/b'
            stages list --config DIR/a.txt        | config must be a folder, and DIR/a.txt is a file
            stages list --plugins DIR/a.txt       | plugins must be a folder, and DIR/a.txt is a file
            """)
    void aPathThatCannotBeUsedIsRefusedInWords(String command, String sentence) {
        List<String> words = new ArrayList<>(Arrays.asList(in(command).split(" ")));
        String said = run(words);
        assertThat(said)
                .contains("callboard: " + in(sentence))
                .doesNotContain("Exception", "java.")
                .containsOnlyOnce("callboard: ");
    }

    private String in(String text) {
        return text.replace("DIR", dir.toString());
    }

    private static String run(List<String> arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(CallboardCommand.run("test", arguments.toArray(String[]::new)))
                    .isEqualTo(ExitCode.BAD_USAGE);
        } finally {
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
