package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Takes real and made-up sources apart: each text is in the document, or its characters are among those that {@code left_out}
 * names. {@code -Dcallboard.rounds=N} makes N sources of each kind up.
 */
class NoTextVanishesTest {
    private static final int ROUNDS = Integer.getInteger("callboard.rounds", 150);
    private static final Path REAL = Path.of(System.getProperty("callboard.documents", "../../../shared/documents"));

    private static void check(String name, String source, List<String> texts) throws Exception {
        Object output;
        try {
            output = new TestContext().file(name, source).run("ingest", "parse");
        } catch (dev.callboard.spi.StageFailure failure) {
            assertThat(failure.code()).as(failure.getMessage()).isEqualTo("empty_document");
            return;
        }
        List<Map<String, Object>> documents = SourceTexts.documents(output);
        List<String> missing = SourceTexts.missing(texts, documents);
        long characters = missing.stream().mapToLong(String::length).sum();
        assertThat(characters)
                .as(
                        "%s lacks %s and says only %s",
                        name, missing, documents.get(0).get("left_out"))
                .isLessThanOrEqualTo(SourceTexts.leftOut(documents));
    }

    @ParameterizedTest
    @EnumSource
    void ofSourcesMadeUp(MadeUp kind) throws Exception {
        for (int seed = 0; seed < ROUNDS; seed++) {
            String source = kind.make(seed);
            try {
                check(kind + "-" + seed, source, kind.texts(source));
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + source, e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tide-gauges.xml", "lighthouse.html", "harbour-log.txt"})
    void ofSamples(String name) throws Exception {
        String source = new String(Fixtures.sample(name), StandardCharsets.UTF_8);
        check(name, source, texts(name, source));
    }

    @ParameterizedTest
    @MethodSource("dev.callboard.documents.Fixtures#realDocuments")
    void ofRealDocuments(String name) throws Exception {
        assumeTrue(Files.isDirectory(REAL), "no folder of real documents");
        String source = Files.readString(REAL.resolve(name));
        check(name, source, texts(name, source));
    }

    @Test
    void andTheTestWouldSeeIt() throws Exception {
        List<Map<String, Object>> documents = SourceTexts.documents(new TestContext()
                .file("a.xml", Fixtures.jats("<p>Some words.</p>"))
                .run("ingest", "parse"));
        assertThat(SourceTexts.missing(List.of("Some words.", " other ones "), documents))
                .containsExactly("otherones");
    }

    private static List<String> texts(String name, String source) throws Exception {
        if (name.endsWith("html")) {
            return SourceTexts.ofHtml(source);
        }
        if (name.endsWith("json")) {
            return SourceTexts.ofJson(source);
        }
        return name.endsWith("txt") ? List.of(source.split("\\s+")) : SourceTexts.ofXml(source);
    }
}
