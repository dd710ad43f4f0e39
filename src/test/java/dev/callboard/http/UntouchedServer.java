package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A server whose palette and stages file must be the same after each test. */
abstract class UntouchedServer {
    @TempDir
    static Path folder;

    static TestServer server;
    static Http http;
    static String palette;
    static byte[] file;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start(folder);
        http = server.http();
        server.add("there");
        palette = server.palette().toString();
        file = Files.readAllBytes(server.stagesFile());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void nothingChanged() throws IOException {
        assertThat(server.palette().toString()).isEqualTo(palette);
        assertThat(Files.readAllBytes(server.stagesFile())).isEqualTo(file);
    }

    static void problem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.code()).isEqualTo(code);
    }

    /** The contract as the server gives it. */
    static Map<?, ?> contract() {
        return new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(http.get("/openapi.yaml").text());
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
