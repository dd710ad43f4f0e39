package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.documents.charset.Labels;
import dev.callboard.documents.charset.TextSize;
import dev.callboard.documents.ir.CleanText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** D5 and D9: charsets are the web's, the same for ingest and parse. */
class CharsetsTest {
    @ParameterizedTest
    @CsvSource({
        "iso-8859-1, windows-1252, the mate’s 5 € – “fair”…",
        "latin1, windows-1252, the mate’s 5 €",
        "us-ascii, windows-1252, café",
        "gb2312, GB18030, 船名镕基",
        "GBK, GB18030, 港口",
        "shift_jis, windows-31j, 港①",
        "x-sjis, windows-31j, 船が着いた",
        "euc-kr, x-windows-949, 똠방각하",
        "ks_c_5601-1987, x-windows-949, 항구",
        "x-euc-jp, EUC-JP, 港の船",
        "big5-hkscs, Big5-HKSCS, 香港嘅",
        "iso-8859-9, windows-1254, ‘ışık’",
        "tis-620, x-windows-874, เรือ",
        "macintosh, x-MacRoman, “café”",
        "cp1251, windows-1251, Маяк горит",
    })
    void labelsMeanWhatTheyMeanOnTheWeb(String label, String charset, String text) throws Exception {
        byte[] page = Read.in(
                charset, "<html><head><meta charset='" + label + "'></head><body><p>" + text + "</p></body></html>");
        assertThat(Read.file("a.html", page)).containsEntry("text", text);
        byte[] xml = Read.in(charset, "\n<?xml version='1.0' encoding='" + label + "'?><r><p>" + text + "</p></r>");
        assertThat(Read.file("a.xml", xml)).containsEntry("text", text);
        assertThat(new TestContext()
                        .file("a.txt", Read.in(charset, text))
                        .with("charset", label)
                        .document())
                .containsEntry("text", text);
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1252, the mate’s 5 € – “fair”…",
        "UTF-8, ‘the’ mate’s 5 € — “fair”…\u00A0é\u200B\uFEFFx",
        "UTF-8, 船が着いた\u3000港①",
        "UTF-16LE, ‘the’ mate",
        "GB18030, 船名镕基 and ASCII letters",
        "windows-31j, 船が着いたソ表十",
        "EUC-JP, 港の船",
        "ISO-2022-JP, 港の船が着いた",
        "Big5-HKSCS, 香港嘅功許蓋",
        "x-windows-949, 똠방각하 항구",
        "windows-1251, Маяк горит",
    })
    void theSizeThatIsToldBeforehandIsNeverMoreThanThereIs(String charset, String text) {
        byte[] bytes = Read.in(charset, text);
        long characters = CleanText.length(text);
        assertThat(TextSize.ofText(bytes, charset)).isBetween(0L, characters);
        assertThat(TextSize.ofXml(Read.in(charset, "<r a='>'>" + text + "<b/></r>"), charset))
                .isBetween(0L, characters);
        assertThat(TextSize.ofPage(Read.in(charset, "<title>" + text + "</title><p>" + text), charset))
                .isBetween(0L, characters);
        assertThat(TextSize.ofXml("<p>Two &amp; <b>words</b></p>".getBytes(StandardCharsets.UTF_8), ""))
                .isEqualTo(8);
    }

    @Test
    void everyLabelOfTheStandardThatJavaCanReadIsKnown() {
        assertThat(Labels.find("UTF8")).isEqualTo(StandardCharsets.UTF_8);
        assertThat(Labels.find(" ISO-8859-1 ")).isEqualTo(Charset.forName("windows-1252"));
        assertThat(Labels.find("hz-gb-2312")).isNull();
        assertThat(Labels.find("no such label")).isNull();
    }

    @Test
    void validUtf8WinsOverAnyLabel() throws Exception {
        for (String label : new String[] {"utf-16", "iso-8859-1", "utf8mb4", "shift_jis"}) {
            assertThat(Read.file(
                            "a.html", "<html><head><meta charset=" + label + "></head><body>Grüße — é</body></html>"))
                    .containsEntry("text", "Grüße — é");
            assertThat(Read.file("a.xml", "<?xml version='1.0' encoding='" + label + "'?><r><p>Grüße — é</p></r>"))
                    .containsEntry("text", "Grüße — é");
        }
    }

    @Test
    void utf16NeedsNoMark() throws Exception {
        for (Charset wide : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            for (String text :
                    new String[] {"Wide words.\r\n", "Маяк на молу погас.", "<html><body><p>Wide é</p></body></html>"
                    }) {
                String expected = text.replaceAll("<[^>]*>", "").strip();
                assertThat(Read.file("a", text.getBytes(wide))).containsEntry("text", expected);
            }
        }
    }

    @Test
    void controlCharactersOfC1AreLettersOfWindows() throws Exception {
        byte[] page = {'<', 'p', '>', 'a', (byte) 0x92, 's', ' ', (byte) 0x9C, (byte) 0xE6, '<', '/', 'p', '>'};
        String head = "<html><head><meta charset=iso-8859-2></head><body>";
        byte[] whole = new byte[head.length() + page.length];
        System.arraycopy(Read.in("US-ASCII", head), 0, whole, 0, head.length());
        System.arraycopy(page, 0, whole, head.length(), page.length);
        assertThat(Read.file("a.html", whole)).containsEntry("text", "a’s ść");
        assertThat(Read.file("a.txt", "the mate\u0092s \u0093word\u0094")).containsEntry("text", "the mate’s “word”");
    }

    @Test
    void textInOtherCharsetsIsTextForIngestToo() throws Exception {
        String german = "Der Kapitän hörte die Möwen über dem Kai; „Äpfel für 5 €“, rief Käthe. ".repeat(4);
        TestContext guessed = new TestContext().file("a.txt", Read.in("windows-1252", german));
        assertThat(guessed.document()).containsEntry("text", german.strip());
        assertThat(guessed.lines()).anyMatch(line -> line.contains("is taken for windows-1252"));
        String japanese = "船が港に着いた。かもめが鳴いている。".repeat(3);
        assertThat(Read.file("a.txt", Read.in("windows-31j", japanese))).containsEntry("text", japanese);
        String russian = "Маяк на молу погас, и корабль вошёл в гавань. ".repeat(3);
        assertThat(Read.file("a.txt", Read.in("KOI8-R", russian))).containsEntry("text", russian.strip());
    }

    @Test
    void whatSpeaksForNothingIsNotGuessed() {
        byte[] polish = Read.in("windows-1250", "Zażółć gęślą jaźń, żeglarze śpią. ".repeat(5));
        assertThatThrownBy(() -> Read.file("a.txt", polish))
                .hasMessageContaining("name that in parse's setting charset");
    }

    @Test
    void colouredLogsAndManPagesAreText() throws Exception {
        String log = "\u001B[32mINFO\u001B[0m up \u001B]0;title\u0007\n\u001B[1;31mERROR\u001B[m down\n".repeat(9);
        assertThat((String) Read.file("a.log", log).get("text")).startsWith("INFO up\nERROR down\nINFO");
        assertThat(Read.file("ls.txt", "N\bNA\bAM\bME\bE of _\bl_\bs.")).containsEntry("text", "NAME of ls.");
    }

    @Test
    void charactersThatADtdNamesAreRead() throws Exception {
        assertThat(Read.file(
                        "a.xml",
                        "<!DOCTYPE r SYSTEM 'r.dtd'><r><p t='&bgr;&nbsp;'>5 &mgr;m &agr; &b.alpha; &OHgr; &frac12;"
                                + " <![CDATA[&agr;]]> &AMP;</p></r>"))
                .containsEntry("text", "5 μm α α Ω ½ &agr; &");
    }
}
