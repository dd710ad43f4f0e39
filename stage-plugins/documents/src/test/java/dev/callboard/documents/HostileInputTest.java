package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.spi.StageFailure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputTest {
    private static String failureOf(String name, String text) {
        try {
            new TestContext().file(name, text).document();
        } catch (StageFailure failure) {
            return failure.getMessage();
        } catch (Exception e) {
            throw new AssertionError("not a stage failure", e);
        }
        throw new AssertionError("nothing failed");
    }

    @Test
    void externalEntitiesAreRefusedUnread(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "the secret");
        String xml = "<!DOCTYPE article [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]><article><body><p>a &x; b</p>"
                + "</body></article>";
        assertThat(failureOf("a.xml", xml)).contains("uses the entity &x;").doesNotContain("the secret");
    }

    @Test
    void dtdsAndParameterEntitiesOpenNothing() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(300);
            String address = "http://127.0.0.1:" + server.getLocalPort() + "/";
            String xml = "<!DOCTYPE article SYSTEM \"" + address + "a.dtd\" [<!ENTITY % p SYSTEM \"" + address
                    + "p.ent\"> %p; <!ENTITY % q SYSTEM \"file:///does/not/exist\"> %q;]>"
                    + "<article xmlns:xi=\"http://www.w3.org/2001/XInclude\"><body><p>Text.</p><xi:include href=\""
                    + address + "i.xml\"/></body></article>";
            assertThat(new TestContext().file("a.xml", xml).document()).containsEntry("text", "Text.");
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void billionLaughsExpandNothing() {
        StringBuilder dtd = new StringBuilder("<!DOCTYPE article [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 30; i++) {
            dtd.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        String xml = dtd + "]><article><body><p>&l29;</p></body></article>";
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(1), () -> assertThat(failureOf("a.xml", xml)).contains("&l29;"));
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(failureOf("a.xml", Fixtures.jats("<sec>".repeat(100_000)))).contains("deeper than 256 levels");
        assertThat(failureOf("a.json", "{\"a\":" + "[".repeat(100_000))).contains("is not valid JSON");
    }

    @Test
    void deeplyNestedHtmlIsReadFlat() throws Exception {
        String html = "<!doctype html><title>t</title>" + "<div>".repeat(100_000) + "<p>Text.</p>";
        Object document = new TestContext().file("a.html", html).run("ingest", "parse");
        assertThat((Map<?, ?>) document).extracting("title", "text").containsExactly("t", "Text.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<article><body><p>not closed</body></article>",
                "<article><body><p>a & b</p></body></article>",
                "<article><body><p>&#0;</p></body></article>",
                "<article",
                "<?xml version='1.0' encoding='x-none'?><article/>",
            })
    void brokenXmlFailsInOneSentence(String xml) {
        assertThat(failureOf("a.xml", xml)).startsWith("a.xml ").endsWith(".").doesNotContain("\n");
    }

    @Test
    void whatIsNoCharacterIsNamedAndNotTakenForAWrongCharset() {
        assertThat(failureOf("a.xml", "<doc><b>x &#x110000; y</b></doc>")).contains("&#x110000", "line 1, column 21");
        assertThat(failureOf("a.html", "<!doctype html><p>x &#x110000; y</p>"))
                .contains("or names characters that do not exist, such as &#x110000;");
        assertThat(failureOf("a.xml", "<doc><b>x \u0000 y</b></doc>"))
                .isEqualTo("a.xml is not text: byte 11 is 0, which no text has. The file is damaged, or something else than"
                        + " its name says.");
    }

    @Test
    void invalidUtf8FailsInsteadOfBecomingReplacementCharacters() {
        byte[] text = {'c', 'a', 'f', (byte) 0xE9, ' ', 'a', 'u', ' ', 'l', 'a', 'i', 't'};
        assertThatThrownBy(() -> new TestContext().file("a.txt", text).document())
                .hasMessage("a.txt is not UTF-8 text; if it is text in another charset, name that in parse's setting"
                        + " charset.");
    }

    @Test
    void bigNumbersAndRepeatedKeysAreRefused() {
        assertThat(failureOf("a.json", "{\"a\": 1" + "0".repeat(2000) + "}")).contains("is not valid JSON");
        assertThat(failureOf("a.json", "{\"a\": 1, \"a\": 2}")).contains("is not valid JSON");
    }

    @Test
    void endlessTextsTakeNoEndlessTime() {
        for (String text : new String[] {
            "Begin" + "\n".repeat(1_000_000) + "end.",
            "Begin " + "a.".repeat(500_000),
            "# a" + " ".repeat(1_000_000) + "b",
            "Begin " + "<a-".repeat(300_000) + "a-".repeat(300_000),
            "Begin <a" + " x=1".repeat(300_000),
            "Begin. " + "No end ".repeat(150_000),
        }) {
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                TestContext context = new TestContext().file("a.txt", text).with("min_text_ratio", 0);
                assertThat(context.run("ingest", "parse", "ir-validation", "chunk"))
                        .isNotNull();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tide-gauges.xml", "lighthouse.html", "harbour-log.txt"})
    void damagedFilesEndInADocumentOrAFailure(String name) throws Exception {
        byte[] whole = Fixtures.sample(name);
        Random random = new Random(20250303);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = i % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(1, whole.length)) : whole.clone();
            for (int flips = random.nextInt(1, 8); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                TestContext context = new TestContext().file(name, damaged);
                assertThat(context.run("ingest", "parse", "chunk")).isNotNull();
            } catch (StageFailure failure) {
                assertThat(failure.retryable()).isFalse();
                assertThat(failure.getMessage()).startsWith(name).endsWith(".");
            }
        }
    }
}
