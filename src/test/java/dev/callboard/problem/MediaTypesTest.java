package dev.callboard.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MediaTypesTest {
    private static String detect(String name, String head) {
        return MediaTypes.detect(name, head.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bytesWinOverTheName() {
        assertThat(detect("a.txt", "%PDF-1.7")).isEqualTo("application/pdf");
        assertThat(detect("a.md", "\0\1")).isEqualTo("application/octet-stream");
        assertThat(detect("a.docx", "PK\3\4")).contains("wordprocessingml");
        assertThat(detect("a.bin", "PK\3\4")).isEqualTo("application/zip");
        assertThat(detect("a.docx", "only text")).isEqualTo("text/plain");
    }

    @Test
    void textIsDistinguishedByNameAndStart() {
        assertThat(detect("a.MD", "# T")).isEqualTo("text/markdown");
        assertThat(detect("noname", "<!DOCTYPE html><p>")).isEqualTo("text/html");
        assertThat(detect("x", "<?xml version='1.0'?>")).isEqualTo("application/xml");
        assertThat(MediaTypes.detect(null, new byte[0])).isEqualTo("text/plain");
    }

    @Test
    void whatIsGivenAsATextIsOne() {
        for (String text : new String[] {"\0\1", "a\033[1mb", "%PDF-1.7", "PK\3\4", "plain"}) {
            assertThat(MediaTypes.ofText("text-1.txt", text.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo("text/plain");
            assertThat(MediaTypes.ofText("paper.pdf", text.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo("text/plain");
        }
        assertThat(MediaTypes.ofText("a.md", new byte[] {0})).isEqualTo("text/markdown");
        assertThat(MediaTypes.ofText(null, "<html>".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("text/html");
    }

    @Test
    void aCharacterCutOffAtTheEndIsStillText() {
        byte[] cut = {'a', (byte) 0xf0, (byte) 0x9f};
        assertThat(MediaTypes.detect(null, cut)).isEqualTo("text/plain");
    }
}
