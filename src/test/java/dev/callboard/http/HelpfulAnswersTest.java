package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Reply;
import dev.callboard.testing.ServerFixture;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people try who are new here: each gets an answer that helps. */
class HelpfulAnswersTest extends ServerFixture {
    private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

    @Test
    void aFormInPlaceOfBytesIsRefusedWithAHint() {
        String form = "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nA\r\n--x--\r\n";
        Reply reply = http.post("/api/blobs", form, "Content-Type", "multipart/form-data; boundary=x");
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.json().path("code").asText()).isEqualTo("unsupported_media_type");
        assertThat(reply.json().path("detail").asText()).contains("--data-binary @FILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "1", "%27%20OR%201=1", "000000000000000000000"})
    void aCursorThatIsNoneIsRefused(String cursor) {
        Reply reply = http.get("/api/tasks?cursor=" + cursor);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("code").asText()).isEqualTo("invalid_cursor");
    }

    @Test
    void aCursorThatWasGivenIsTaken() {
        for (int i = 0; i < 3; i++) {
            http.post("/api/tasks", Map.of("title", "T" + i, "pipeline", "dev-task"));
        }
        String next = http.get("/api/tasks?limit=2").json().path("next").asText();
        assertThat(http.get("/api/tasks?cursor=" + next).json().path("items")).hasSize(1);
    }

    @Test
    void unknownMembersOfAnInputAreRefusedWithTheirPointer() {
        Reply reply = http.post(
                "/api/tasks",
                Map.of("title", "T", "pipeline", "auto", "input", List.of(Map.of("text", "a", "fileName", "a.txt"))));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo("/input/0/fileName");
    }

    @Test
    void aByteOrderMarkBeforeJsonIsSkipped() {
        assertThat(http.post("/api/projects", "\uFEFF{\"name\": \"P\"}").status())
                .isEqualTo(201);
        assertThat(http.post("/api/projects", "\uFEFF\uFEFF{\"name\": \"P\"}").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/tasks/a/b", "/Tasks"})
    void aBrowserThatGoesAstrayGetsThePage(String path) {
        Reply page = http.get(path, "Accept", BROWSER);
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.text()).contains("cb-app.js");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(http.get(path).header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/nowhere", "/ui/nowhere.js", "/_static/nowhere.js", "/nowhere.png"})
    void whatProgramsAskForIsNoPage(String path) {
        Reply reply = http.get(path, "Accept", BROWSER);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({"%00%0A..%2F..%2Fx%1B.md, x.md", "C:%5Cdir%5Cb.txt, b.txt", "a%2F,", "plain.txt, plain.txt"})
    void aBlobsNameIsTheLastPartOfAPathWithoutControlCharacters(String sent, @Nullable String kept) {
        Reply reply = http.post("/api/blobs?name=" + sent, "bytes", "Content-Type", "application/octet-stream");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        assertThat(reply.at("/name").textValue()).isEqualTo(kept);
    }

    @Test
    void aBlankTitleIsNotMissing() {
        assertThat(http.post("/api/tasks", Map.of("title", " ")).at("/detail").asText())
                .contains("/title must not be blank");
        assertThat(http.post("/api/tasks", Map.of("pipeline", "auto"))
                        .at("/detail")
                        .asText())
                .contains("title")
                .doesNotContain("blank");
    }
}
