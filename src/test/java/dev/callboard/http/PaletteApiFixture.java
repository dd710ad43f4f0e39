package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One server for the tests of a class, and its palette. */
abstract class PaletteApiFixture {
    @TempDir
    static Path folder;

    static TestServer server;
    static Http http;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        http = server.http();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<String> ids(String group) {
        List<String> ids = new ArrayList<>();
        server.palette().path(group).forEach(entry -> ids.add(entry.path("id").asText()));
        return ids;
    }

    static void refused(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.at("/status").asInt()).isEqualTo(status);
        assertThat(reply.at("/title").asText()).isNotEmpty();
        assertThat(reply.at("/detail").asText()).isNotEmpty();
        assertThat(reply.at("/type").asText()).startsWith("urn:callboard:problem:");
        assertThat(reply.at("/instance").asText()).startsWith("urn:callboard:request:");
    }
}
