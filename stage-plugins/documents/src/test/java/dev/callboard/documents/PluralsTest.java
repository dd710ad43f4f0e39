package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.spi.StageFailure;
import dev.callboard.spi.testing.RecordingStageContext.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What people read of runs with one of each thing: one is not said in the plural. */
class PluralsTest {
    private static final Pattern ONE_OF_MANY = Pattern.compile("(?<![\\d.,])1 (?:[a-z]+ )?[a-z]{3,}s\\b");

    @Test
    void aRunWithOneOfEachThing() throws Exception {
        assertThat(said("a.txt", "Word."))
                .noneMatch(ONE_OF_MANY.asPredicate())
                .anyMatch(line -> line.contains("1 chunk"));
        assertThat(said("a.html", "<html><head><title>T</title></head><body><h2>One</h2><p>Words.</p></body></html>"))
                .noneMatch(ONE_OF_MANY.asPredicate())
                .anyMatch(line -> line.contains("1 section, "));
    }

    @Test
    void aFailureOfOneInput() {
        assertThat(said("b.bin", "\u0000\u0001\u0002")).noneMatch(ONE_OF_MANY.asPredicate());
        assertThat(said("c.txt", "a" + "\uFFFD")).noneMatch(ONE_OF_MANY.asPredicate());
    }

    /** The log, the progress and the failure of a run of the whole pipeline. */
    private static List<String> said(String name, String text) {
        TestContext context = new TestContext().file(name, text);
        List<String> said = new ArrayList<>();
        try {
            context.run("ingest", "parse", "ir-validation", "chunk");
        } catch (StageFailure failure) {
            said.add(failure.getMessage());
        } catch (Exception unexpected) {
            throw new IllegalStateException(unexpected);
        }
        said.addAll(context.lines());
        context.reports().stream()
                .map(Progress::message)
                .filter(Objects::nonNull)
                .forEach(said::add);
        return said;
    }
}
