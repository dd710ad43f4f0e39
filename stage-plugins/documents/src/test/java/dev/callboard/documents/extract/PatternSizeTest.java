package dev.callboard.documents.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternSizeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc | 3",
                "\\d{4}-\\d{2} | 7",
                "[]a-z\\]]{2,6}x | 7",
                "[^]]{3} | 3",
                "a{3,} | 3",
                "(a{10}){10} | 120",
                "((a{1000}){1000}){1000} | 1000000000",
                "a\\{5} | 4",
                "{5} | 3",
                "( | 2",
                ") | 0",
                "a{5 | 3",
                "[a | 1"
            })
    void repeatsAreWrittenOut(String pattern, long size) {
        assertThat(PatternSize.of(pattern)).isEqualTo(size);
    }
}
