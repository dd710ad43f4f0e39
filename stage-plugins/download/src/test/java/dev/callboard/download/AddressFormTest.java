package dev.callboard.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no address of the web is refused as it stands. */
class AddressFormTest {
    private final TestContext context = new TestContext();

    @ParameterizedTest
    @CsvSource({
        "file:///etc/passwd, address_refused",
        "gopher://127.0.0.1:70/_x, address_refused",
        "ftp://ftp.example.org/x, address_refused",
        "jar:http://example.org/a.jar!/b, address_refused",
        "data:text/plain;x, address_refused",
        "http://user:secret@example.org/, address_refused",
        "http://example.org\\@127.0.0.1/, address_refused",
        "http://user@127.0.0.1/, address_refused",
        "http://, invalid_url",
        "http:/example.org, invalid_url",
        "//example.org/x, invalid_url",
        "example.org, invalid_url",
        "http://exa mple.org/, invalid_url",
        "http://example.org:99999/, invalid_url",
        "http://example.org:0/, invalid_url",
        "http://%31%32%37.0.0.1/, invalid_url",
        "http://[127.0.0.1]/, invalid_url",
        "http://[::1/, invalid_url",
        "http://300.0.0.1/, invalid_url",
        "http://.example.org/, invalid_url",
    })
    void onlyPlainWebAddressesAreTaken(String url, String code) throws Exception {
        Map<?, ?> error = context.error(url);
        assertThat(error.get("code")).isEqualTo(code);
        assertThat((String) error.get("detail")).endsWith(".").doesNotContain("secret");
        assertThat(context.lines()).allSatisfy(line -> assertThat(line).doesNotContain("secret"));
    }

    @Test
    void controlCharactersAreRefused() throws Exception {
        for (String url : List.of("http://example.org/\r\nHost: x", "http://exam\tple.org/", "http://example.org/\0")) {
            assertThat(context.error(url).get("code")).isEqualTo("invalid_url");
        }
    }
}
