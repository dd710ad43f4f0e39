package dev.callboard.spi.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP://Example.ORG | http://example.org/",
                "https://example.org:443/a#b | https://example.org/a",
                "https://example.org:8443?q=1 | https://example.org:8443/?q=1",
                "http://example.org./a | http://example.org/a",
                "http://my_host.example.org/a | http://my_host.example.org/a",
                "http://b\u00FCcher.example/\u00FC?\u20AC=1 | http://xn--bcher-kva.example/%C3%BC?%E2%82%AC=1",
                "http://example.org/a b%20c%zz^d | http://example.org/a%20b%20c%25zz%5Ed",
                "http://[2A00:1450::1]:8080/x | http://[2a00:1450::1]:8080/x",
                "http://example.org/a@b:c | http://example.org/a@b:c",
            })
    void readsAddresses(String text, String read) throws Exception {
        assertThat(WebAddress.parse(text)).hasToString(read);
        assertThat(WebAddress.parse(read)).isEqualTo(WebAddress.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/x | https://example.org/x",
                "x?y=1#z | https://example.org/a/x?y=1",
                "?y=2 | https://example.org/a/b?y=2",
                "../x y | https://example.org/x%20y",
                "//other.example.org | https://other.example.org/",
                "https://other.example.org:8443/x | https://other.example.org:8443/x",
            })
    void followsLocations(String location, String target) throws Exception {
        assertThat(WebAddress.parse("https://example.org/a/b?q").follow(location))
                .hasToString(target);
    }

    @Test
    void doesNotFollowFromHttpsToHttp() throws Exception {
        WebAddress secure = WebAddress.parse("https://example.org/");
        assertThatThrownBy(() -> secure.follow("http://example.org/"))
                .isInstanceOf(RefusedAddress.class)
                .hasMessageContaining("from https to http");
        assertThat(WebAddress.parse("http://example.org/").follow("https://example.org/"))
                .hasToString("https://example.org/");
    }

    @Test
    void showsNoQuery() throws Exception {
        assertThat(WebAddress.parse("https://example.org/a?token=secret").shown())
                .isEqualTo("https://example.org/a?…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "93.184.215.14",
                "172.15.255.255",
                "172.32.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "192.0.1.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::808:808"
            })
    void publicAddressesMayBeReached(String address) throws Exception {
        AddressRules rules = new AddressRules(List.of(), List.of(), Set.of(443));
        assertThat(rules.objection("x", 443, InetAddress.getByName(address))).isEmpty();
        assertThat(rules.objection("x", 80, InetAddress.getByName(address))).isPresent();
    }

    @Test
    void aDeniedNetworkIsDeniedBehindATranslatorToo() throws Exception {
        AddressRules rules = new AddressRules(List.of(), List.of("8.8.8.0/24"), Set.of(443));
        assertThat(rules.objection("x", 443, InetAddress.getByName("64:ff9b::808:808")))
                .isPresent();
        assertThat(rules.objection("x", 443, InetAddress.getByName("64:ff9b::808:908")))
                .isEmpty();
    }
}
