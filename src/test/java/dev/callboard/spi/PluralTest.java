package dev.callboard.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PluralTest {
    @Test
    void oneIsNotSaidInThePlural() {
        assertThat(Plural.of(0, "chunk")).isEqualTo("0 chunks");
        assertThat(Plural.of(1, "chunk")).isEqualTo("1 chunk");
        assertThat(Plural.of(2, "chunk")).isEqualTo("2 chunks");
        assertThat(Plural.of(1, "entry", "entries")).isEqualTo("1 entry");
        assertThat(Plural.of(21, "entry", "entries")).isEqualTo("21 entries");
    }
}
