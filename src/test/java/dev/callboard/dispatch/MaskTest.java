package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import dev.callboard.spi.net.Outbound.Login;
import dev.callboard.spi.net.Outbound.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaskTest {
    @Test
    void everySecretIsTakenOutTheLongestFirst() {
        Mask mask = new Mask(List.of("abcd", "abcdef", "$1\\"));
        assertThat(mask.text("x abcdef abcd $1\\ abc")).isEqualTo("x ••• ••• ••• abc");
        assertThat(mask.value(Map.of("abcd", List.of("-abcd-", 7, true))))
                .isEqualTo(Map.of("•••", List.of("-•••-", 7, true)));
        assertThat(mask.value(null)).isNull();
    }

    @Test
    void aSecretOfDigitsIsTakenOutOfNumbersToo() {
        Mask mask = new Mask(List.of("73310042"));
        assertThat(mask.value(Map.of("pin", 73310042, "sum", 42, "price", 1.5)))
                .isEqualTo(Map.of("pin", "•••", "sum", 42, "price", 1.5));
    }

    @Test
    void theLinesOfASecretAreTakenOutOfLogsThatComeLineByLine() {
        Mask mask = new Mask(List.of("-----BEGIN-----\nMIIEvQIBADAN\n-----END-----\n"));
        assertThat(mask.text("key MIIEvQIBADAN")).isEqualTo("key •••");
        assertThat(new Mask(List.of("token-with-end\n")).text("token-with-end")).isEqualTo("•••");
    }

    @Test
    void whatTheServerItselfUsesIsTakenOutUnlessItIsAPlaceholder() {
        Mask mask = new Mask(List.of("pin1"), List.of("sk-canary-4f1c", "none"));
        assertThat(mask.text("sk-canary-4f1c none pin1")).isEqualTo("••• none •••");
    }

    @Test
    void thePasswordOfTheProxyIsHiddenHoweverItIsSent() {
        Outbound outbound = new Outbound(
                Optional.of(new Proxy("proxy.example.org", 3128, Optional.of(new Login("me", "pass-canary")))),
                List.of());
        Mask mask = new Mask(
                List.of(),
                new StageNetwork(() -> new AddressRules(List.of(), List.of(), Set.of()), outbound).secrets());
        assertThat(mask.text("Basic bWU6cGFzcy1jYW5hcnk= is pass-canary")).isEqualTo("Basic ••• is •••");
        assertThat(new StageNetwork(() -> new AddressRules(List.of(), List.of(), Set.of()), Outbound.DIRECT).secrets())
                .isEmpty();
    }

    @Test
    void withoutSecretsNothingIsTouched() {
        Object value = Map.of("a", List.of("b"));
        assertThat(Mask.NONE.value(value)).isSameAs(value);
    }

    @Test
    void theBeginningOfASecretIsTakenOutWhereverATextWasCut() {
        Mask mask = new Mask(List.of("tok_CANARYw1-second half"));
        assertThat(mask.text("It is not JSON: the word 'tok_CANARYw1' is none, tok_CANARYw1-sec…"))
                .isEqualTo("It is not JSON: the word '•••' is none, •••…");
        assertThat(mask.text("tok_CAN tok_CANA")).isEqualTo("tok_CAN •••");
        String large = "k".repeat(9) + "x".repeat(5_000);
        assertThat(new Mask(List.of(large)).text("e " + large.substring(0, 3_000) + "…"))
                .isEqualTo("e •••…");
    }

    @Test
    void aSecretIsTakenOutOfJsonToo() {
        Mask mask = new Mask(List.of("al\"pha\\b\u00e4r\t!"));
        assertThat(mask.text("{\"a\":\"al\\\"pha\\\\b\u00e4r\\t!\"}")).isEqualTo("{\"a\":\"•••\"}");
        assertThat(mask.text("{\"a\":\"al\\\"pha\\\\b\\u00e4r\\t!\"}")).isEqualTo("{\"a\":\"•••\"}");
    }
}
