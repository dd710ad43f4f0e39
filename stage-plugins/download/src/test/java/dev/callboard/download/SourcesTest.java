package dev.callboard.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.spi.StageFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {
    private static final Map<String, Object> BLOB =
            Map.of("blob", "a".repeat(64), "size", 1L, "media_type", "text/plain", "name", "a.txt");

    private final TestContext context = new TestContext();

    private List<String> urls(Object input) throws StageFailure {
        return Sources.of(context, input).stream().map(Wanted::url).toList();
    }

    @Test
    void takesEachUrlOfTheTasksInputAndTheStagesInputOnce() throws Exception {
        context.input(Map.of("url", "http://a/", "name", "first"));
        context.input(BLOB);
        Object input = Map.of(
                "files",
                List.of(Map.of("url", "http://old/", "blob", "b")),
                "links",
                List.of(Map.of("url", "http://b/"), Map.of("url", " http://a/ "), Map.of("url", 3)));
        assertThat(urls(input)).containsExactly("http://a/", "http://b/");
        assertThat(Sources.of(context, input).get(0).name()).isEqualTo("first");
    }

    @Test
    void settingsComeFirstAndRepeatsAreDropped() throws Exception {
        context.input(Map.of("url", "http://b/"));
        context.with("urls", "http://a/\n  http://b/ \n\nhttp://a/");
        assertThat(urls(null)).containsExactly("http://a/", "http://b/");
        String sha = "0".repeat(64);
        context.with(
                "urls",
                List.of(
                        "http://a/",
                        Map.of("url", "http://a/", "sha256", sha),
                        Map.of("url", "http://a/", "sha256", "1".repeat(64))));
        assertThat(Sources.of(context, null)).extracting(Wanted::sha256).containsExactly(sha, "1".repeat(64), "");
    }

    @ParameterizedTest
    @CsvSource({
        "payloads[*].url, 1 2",
        "payloads[].url, 1 2",
        "payloads.*.url, 1 2",
        "payloads[1].url, 2",
        "payloads.1, 2",
        "payloads, 1 2",
        "documents.0.links[*].href, 3 4",
        "documents[*].links, 5",
        "earlier[*], 6",
        "nothing[*].url, ''",
    })
    void followsAPath(String from, String found) throws Exception {
        context.input(Map.of("url", "http://not-asked-for/"));
        context.state("earlier", List.of("6"));
        Object links = List.of(Map.of("href", "3"), Map.of("href", "4"), Map.of("none", 1));
        Object input = Map.of(
                "payloads", List.of(Map.of("url", "1"), Map.of("url", "2")),
                "documents", List.of(from.endsWith("href") ? Map.of("links", links) : Map.of("links", List.of("5"))),
                "nothing", List.of());
        assertThat(String.join(" ", urlsFrom(from, input))).isEqualTo(found);
    }

    private List<String> urlsFrom(String from, Object input) throws StageFailure {
        context.with("from", from);
        return urls(input);
    }

    @Test
    void followsAPathIntoAList() throws Exception {
        assertThat(urlsFrom("[].url", List.of(Map.of("url", "1"), Map.of("url", "2"))))
                .containsExactly("1", "2");
        assertThat(urlsFrom("[0]", List.of(Map.of("url", "1"), Map.of("url", "2"))))
                .containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b", "a[", "a[x]", ".a", "a.", "a]b", "[*]x"})
    void aWrongPathIsSaid(String from) {
        assertThatThrownBy(() -> urlsFrom(from, List.of()))
                .isInstanceOfSatisfying(StageFailure.class, failure -> assertThat(failure.code())
                        .isEqualTo("invalid_settings"))
                .hasMessageContaining("at character");
    }

    @Test
    void aPathThatLeadsNowhereIsSaid() {
        assertThatThrownBy(() -> urlsFrom("absent[*].url", Map.of()))
                .isInstanceOf(StageFailure.class)
                .hasMessageContaining("neither the input nor an earlier output has absent[*].url");
        assertThatThrownBy(() -> urlsFrom("a", Map.of("a", 3)))
                .isInstanceOfSatisfying(StageFailure.class, failure -> assertThat(failure.code())
                        .isEqualTo("invalid_input"));
    }

    @Test
    void filesOfTheTaskPassThroughUnchanged() throws Exception {
        context.input(BLOB);
        Map<?, ?> output = context.run();
        assertThat(output).isEqualTo(Map.of("files", List.of(BLOB), "errors", List.of()));
        assertThat(context.written().get("downloads")).isEqualTo(Map.of("total", 0, "ok", 0, "failed", 0));
        context.with("pass_files", false);
        assertThat(context.failure().code()).isEqualTo("no_input");
    }

    @Test
    void nothingToDoIsSaidUnlessAPathFoundAnEmptyList() throws Exception {
        assertThat(context.failure().getMessage()).contains("nothing to download");
        assertThat(context.with("from", "links").run(Map.of("links", List.of())))
                .isEqualTo(Map.of("files", List.of(), "errors", List.of()));
    }

    @Test
    void tooManyAddressesAreSaid() throws Exception {
        context.with("urls", List.of("http://a/", "http://b/")).with("max_files", 1);
        assertThat(context.failure().code()).isEqualTo("too_many_files");
    }

    @ParameterizedTest
    @CsvSource({
        "attempts, 0",
        "concurrency, 17",
        "max_bytes, 0",
        "on_error, ignore",
        "types, 3",
        "urls, 3",
        "pass_files, maybe",
        "from, 3"
    })
    void wrongSettingsAreNamed(String key, String value) throws Exception {
        context.with(key, value.matches("[0-9]+") ? (Object) Integer.valueOf(value) : value);
        StageFailure failure = context.failure();
        assertThat(failure.code()).isEqualTo("invalid_settings");
        assertThat(failure.getMessage()).startsWith("The setting " + key + " must be ");
    }

    @Test
    void anAddressThatWasGivenAsATextIsSaidAndNotPassedAsADocument() throws Exception {
        context.file("note.txt", "text/plain", " https://example.org/page?key=secret \n".getBytes());
        StageFailure failure = context.failure();
        assertThat(failure.code()).isEqualTo("address_as_text");
        assertThat(failure).hasMessageContaining("'https://example.org/page'").hasMessageNotContaining("secret");
        TestContext other = new TestContext();
        other.file("note.txt", "text/plain", "See https://example.org/page".getBytes());
        assertThat((List<?>) other.run().get("files")).hasSize(1);
    }
}
