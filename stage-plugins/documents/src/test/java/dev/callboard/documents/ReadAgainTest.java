package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An attempt at parse that follows one that ended early reads only what that one had not read. */
class ReadAgainTest {
    /** Ends the process, as it were, when a file's turn comes. */
    private static final class Dying extends TestContext {
        private final String last;

        private Dying(String last) {
            this.last = last;
        }

        @Override
        public void progress(long done, long total, String message) {
            if (last.equals(message)) {
                throw new IllegalStateException("the process has ended");
            }
            super.progress(done, total, message);
        }
    }

    private static TestContext files(TestContext context, int count) {
        for (int i = 0; i < count; i++) {
            context.file(name(i), "Paper " + i + "\n\nWords of the paper " + i + ".");
        }
        return context;
    }

    /** The files that parse has really read, by its log. */
    private static List<String> read(TestContext context) {
        return context.lines().stream()
                .filter(line -> line.contains(": text/plain, "))
                .map(line -> line.substring(0, line.indexOf(':')))
                .toList();
    }

    private static String name(int number) {
        return "paper-" + number + ".txt";
    }

    private static TestContext endedAt(int last, int files) {
        TestContext dying = files(new Dying(name(last)), files);
        assertThatThrownBy(() -> dying.runOn(dying.inputs(), "parse")).hasMessage("the process has ended");
        assertThat(read(dying)).hasSize(last);
        return dying;
    }

    /** The next attempt has the blobs and the checkpoint of the one before. */
    private static TestContext after(TestContext before, TestContext next) throws Exception {
        carryBlobs(before, next, before.checkpoint());
        next.checkpoint(before.checkpoint());
        return next;
    }

    @SuppressWarnings("unchecked")
    private static void carryBlobs(TestContext from, TestContext to, Map<String, Object> list) throws Exception {
        for (List<String> blobs : ((Map<String, List<String>>) list.get("done")).values()) {
            for (String blob : blobs) {
                to.blobs().put(from.blobs().open(blob));
            }
        }
        if (list.get("before") instanceof String blob) {
            to.blobs().put(from.blobs().open(blob));
            carryBlobs(from, to, new ObjectMapper().readValue(from.blobs().open(blob), Map.class));
        }
    }

    private static String asJson(Object value) throws Exception {
        return new ObjectMapper().writeValueAsString(value);
    }

    @Test
    void goesOnWhereTheLastAttemptEnded() throws Exception {
        TestContext next = after(endedAt(7, 10), files(new TestContext(), 10));
        Object output = next.runOn(next.inputs(), "parse");
        assertThat(read(next)).containsExactly(name(7), name(8), name(9));
        assertThat(next.lines()).contains("Goes on where the last attempt ended: 7 files are read already.");
        TestContext whole = files(new TestContext(), 10);
        assertThat(asJson(output)).isEqualTo(asJson(whole.runOn(whole.inputs(), "parse")));
    }

    @Test
    void aCheckpointStaysSmallHoweverManyFilesThereAre() throws Exception {
        TestContext ended = endedAt(450, 460);
        assertThat(asJson(ended.checkpoint()).length()).isLessThan(64 * 1024);
        TestContext next = after(ended, files(new TestContext(), 460));
        assertThat((List<?>) next.runOn(next.inputs(), "parse")).hasSize(460);
        assertThat(read(next)).hasSize(10);
    }

    @Test
    void otherSettingsReadAllAgain() throws Exception {
        TestContext next = after(endedAt(3, 5), files(new TestContext(), 5)).with("language", "de");
        assertThat(TestContext.list(next.runOn(next.inputs(), "parse")))
                .extracting("lang")
                .containsOnly("de");
        assertThat(read(next)).hasSize(5);
    }

    @Test
    void whatIsGoneFromTheStoreIsReadAgain() throws Exception {
        TestContext next = files(new TestContext(), 5);
        next.checkpoint(endedAt(3, 5).checkpoint());
        assertThat((List<?>) next.runOn(next.inputs(), "parse")).hasSize(5);
        assertThat(read(next)).hasSize(5);
    }

    @Test
    void theSameBytesUnderAnotherNameAreAnotherDocument() throws Exception {
        TestContext next = after(
                endedAt(2, 3),
                new TestContext()
                        .file("renamed.txt", "Paper 0\n\nWords of the paper 0.")
                        .file(name(1), "Paper 1\n\nWords of the paper 1."));
        next.runOn(next.inputs(), "parse");
        assertThat(read(next)).containsExactly("renamed.txt");
    }

    @Test
    void filesThatFailedAreReadAgain() throws Exception {
        byte[] bad = {'a', 0, 'b'};
        TestContext first = new TestContext().file("bad.txt", bad).file(name(0), "Words.");
        first.runOn(first.inputs(), "parse");
        TestContext next = after(first, new TestContext().file("bad.txt", bad).file(name(0), "Words."));
        next.runOn(next.inputs(), "parse");
        assertThat(next.lines()).anyMatch(line -> line.startsWith("bad.txt "));
        assertThat(read(next)).isEmpty();
    }
}
