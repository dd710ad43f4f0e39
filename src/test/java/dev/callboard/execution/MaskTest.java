package dev.callboard.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
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
