package dev.callboard.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.spi.StageFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One bad file of several fails alone, and limits are told before the work (D11). */
class FailAloneTest {
    @Test
    void emptyTooLargeAndUnreadableFilesFailAlone() throws Exception {
        TestContext context = new TestContext()
                .file("good.txt", "Good words.")
                .file("empty.txt", "")
                .file("paper.rtf", "{\\rtf1 words}")
                .file("broken.xml", "<?xml version='1.0'?><r><p>not closed</r>")
                .file("large.txt", "Too many words for this. ".repeat(40));
        context.with("max_bytes", 900);
        Map<?, ?> ingested = (Map<?, ?>) context.run("ingest");
        assertThat(TestContext.list(ingested.get("payloads")))
                .extracting("name")
                .containsExactly("good.txt", "broken.xml");
        assertThat(TestContext.list(ingested.get("failed")))
                .extracting("name")
                .containsExactly("empty.txt", "paper.rtf", "large.txt");
        assertThat(new DocumentsPlugin()
                        .stages()
                        .get(0)
                        .metadata()
                        .outputCounter()
                        .count(ingested))
                .isEqualTo(2);
        Map<?, ?> parsed = (Map<?, ?>) context.runOn(ingested, "parse", "ir-validation");
        assertThat(TestContext.list(parsed.get("documents"))).extracting("text").containsExactly("Good words.");
        assertThat(TestContext.list(parsed.get("failed")))
                .extracting("name")
                .containsExactly("empty.txt", "paper.rtf", "large.txt", "broken.xml");
        assertThat(TestContext.list(parsed.get("failed"))).allSatisfy(failed -> assertThat((String) failed.get("error"))
                .startsWith((String) failed.get("name"))
                .endsWith("."));
        assertThat(TestContext.list(context.runOn(parsed, "chunk")))
                .extracting("text")
                .containsExactly("Good words.");
    }

    @Test
    void whenAllFailTheStageFailsAndNamesThem() {
        TestContext context = new TestContext().file("a.txt", "").file("b.bin", new byte[] {0, 1, 2, 3, 0, 9, 0, 0, 1});
        assertThatThrownBy(() -> context.run("ingest"))
                .isInstanceOf(StageFailure.class)
                .hasMessageStartingWith(
                        "None of 2 inputs can be used. a.txt is empty. b.bin is application/octet-stream");
    }

    @Test
    void aSettingThatIsWrongFailsTheStage() {
        TestContext context =
                new TestContext().file("a.txt", "A.").file("b.txt", "B.").with("charset", "no such");
        assertThatThrownBy(() -> context.run("ingest", "parse"))
                .hasMessage("The setting charset names no known charset: no such.");
    }

    @Test
    void theLimitOfTextIsASettingAndToldBeforeTheWork() {
        for (Map.Entry<String, String> file : Map.of(
                        "a.txt", "word ".repeat(200),
                        "a.html", "<!doctype html><p>" + "word ".repeat(200),
                        "a.xml", Fixtures.jats("<p>" + "word ".repeat(200) + "</p>"),
                        "a.json", Fixtures.trial("T", "word ".repeat(200)))
                .entrySet()) {
            TestContext context =
                    new TestContext().file(file.getKey(), file.getValue()).with("max_characters", 500);
            assertThatThrownBy(() -> context.run("ingest", "parse"))
                    .hasMessageStartingWith(file.getKey() + " holds ")
                    .hasMessageEndingWith(
                            "a document may have 500 (setting max_characters of parse). Split the file, or raise"
                                    + " the setting.")
                    .satisfies(failure ->
                            assertThat(((StageFailure) failure).code()).isEqualTo("input_too_large"));
        }
    }

    /** What is wrong further on is not even looked at: nothing is decoded or taken apart before the limit is told. */
    @Test
    void theLimitIsToldFromTheBytesBeforeTheyAreRead() {
        String words = "Häfen und Worte ".repeat(200);
        byte[] broken = Read.in("windows-1252", "Hafen ".repeat(400) + "ü");
        for (Map.Entry<String, byte[]> file : Map.of(
                        "a.txt", broken,
                        "a.xml",
                                ("<?xml version='1.0'?><r><!-- > --><p a='>'>" + words + "</p></wrong>")
                                        .getBytes(UTF_8),
                        "b.xml", Read.in("ISO-8859-1", "<?xml version='1.0' encoding='ISO-8859-1'?><r><p>" + words))
                .entrySet()) {
            TestContext context =
                    new TestContext().file(file.getKey(), file.getValue()).with("max_characters", 500);
            assertThatThrownBy(() -> context.run("ingest", "parse"))
                    .as(file.getKey())
                    .hasMessageContaining("(setting max_characters of parse). Split the file, or raise the setting.");
        }
    }

    @Test
    void whatIsNoTextDoesNotCountBeforehand() throws Exception {
        String page =
                "<!doctype html><html><head><title>T</title><style>" + "p {color: red} ".repeat(90) + "</style></head>"
                        + "<body class=\"" + "x".repeat(900) + "\"><!-- " + "no > text ".repeat(90) + "--><script>"
                        + "if (a < b) c();".repeat(90) + "</script><p>Words.</p></body></html>";
        assertThat(new TestContext()
                        .file("a.html", page)
                        .with("max_characters", 10)
                        .document())
                .containsEntry("text", "Words.");
        String xml = "<?xml version='1.0'?><!DOCTYPE r [<!-- " + "x".repeat(900) + " -->]><r a='" + "y".repeat(900)
                + "'><?go " + "z".repeat(900) + "?><p>Words.</p></r>";
        assertThat(new TestContext()
                        .file("a.xml", xml)
                        .with("max_characters", 10)
                        .document())
                .containsEntry("text", "Words.");
    }

    @Test
    void aDocumentSaysWhereItComesFrom() throws Exception {
        Map<String, Object> document = Read.file("a.txt", "Some words.");
        assertThat(document)
                .containsEntry("left_out", List.of())
                .containsEntry("source", Map.of("name", "a.txt", "characters", 11L));
    }
}
