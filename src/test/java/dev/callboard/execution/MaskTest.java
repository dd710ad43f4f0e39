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
}
