package dev.callboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a statement that is written for both databases. */
class PostgresDialectTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 1 | SELECT 1",
                "SELECT a FROM b WHERE c = ? AND d = ? | SELECT a FROM b WHERE c = $1 AND d = $2",
                "SELECT a FROM b WHERE c LIKE ? ESCAPE '!' | SELECT a FROM b WHERE c LIKE $1 ESCAPE '!'",
                "SELECT '?' FROM b WHERE c = ? | SELECT '?' FROM b WHERE c = $1",
                "SELECT 'it''s ?' FROM b WHERE c = ? | SELECT 'it''s ?' FROM b WHERE c = $1",
            })
    void valuesAreNumbered(String written, String sent) {
        assertThat(PostgresDialect.translate(written)).isEqualTo(sent);
    }

    @Test
    void lettersAreFoldedByIcu() {
        assertThat(PostgresDialect.translate(CaseFolding.sql("t.title") + " LIKE ?"))
                .isEqualTo("REPLACE(UPPER(LOWER(t.title COLLATE \"und-x-icu\") COLLATE \"und-x-icu\"), '\u0307', '')"
                        + " LIKE $1");
    }
}
