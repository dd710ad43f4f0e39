package dev.callboard.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callboard.spi.StageFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class OutputReaderTest {
    private final Queue<String> lines = new ArrayDeque<>();

    @Test
    void aReadThatBreaksFailsAndIsNoShorterResult() {
        InputStream breaks = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Input/output error");
            }
        };
        OutputReader reader = read(new SequenceInputStream(stream("{\"paid\": 10"), breaks), 100);
        StageFailure failure = catchThrowableOfType(StageFailure.class, reader::text);
        assertThat(failure.code()).isEqualTo("output_broken");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessage("The program's output broke off while it was read: Input/output error.");
        assertThat(lines).containsExactly("(the output broke off: Input/output error)", "{\"paid\": 10");
    }

    @Test
    void linesAreCutBeforeACharacterAndWithoutColours() throws StageFailure {
        String text = "\u001b[31mred\u001b[0m\n\n" + "é".repeat(5_000) + "\nend";
        OutputReader reader = read(stream(text), 20_000);
        assertThat(reader.text()).isEqualTo(text);
        assertThat(lines).containsExactly("red", "é".repeat(4_000), "é".repeat(1_000), "end");
        assertThat(reader.lastLine()).isEqualTo("end");
    }

    @Test
    void whatPassesTheLimitIsNotRead() throws StageFailure {
        OutputReader reader = read(stream("abcdef"), 4);
        assertThat(reader.tooLong()).isTrue();
        assertThat(reader.text()).isEqualTo("abcd");
    }

    private OutputReader read(InputStream stream, int limit) {
        OutputReader reader = new OutputReader(stream, limit, lines);
        reader.run();
        return reader;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
