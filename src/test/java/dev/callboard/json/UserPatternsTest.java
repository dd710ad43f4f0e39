package dev.callboard.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.callboard.json.UserPatterns.UnusablePatternException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserPatternsTest {
    /** Each takes more than 256 MB, or seconds, when it is written out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(((a{100}){100}){100}){100}",
                "((a{1000}){1000}){1000}",
                "(?:(?:(?:x{50}){50}){50}){50}",
                "(?P<n>(?i:[a-z]{200}){200}){10}",
                "((a|b){99,100}c?){1000}",
                "(\\p{L}{500,}){500,}",
                "([(]{90}\\Q)\\E){90,}",
                "([])]{90}[[:alpha:]){1}]{90}){90}",
                "((?i)(a{100}){100}){10}",
                "(\\Q(\\E(a{80}){80}){80}",
                "a{1000}b{1000}c{1000}d{1000}e{1000}"
            })
    void repeatsOfRepeatsAreRefusedBeforeTheyAreWrittenOut(String pattern) {
        assertThatExceptionOfType(UnusablePatternException.class)
                .isThrownBy(() -> UserPatterns.compile(pattern))
                .withMessageContaining("with its repeats written out")
                .withMessageContaining("use smaller counts");
        assertThat(JsonSchemas.fault(Map.of("pattern", pattern))).isPresent();
        assertThat(JsonSchemas.fault(Map.of("properties", Map.of("a", Map.of("items", Map.of("pattern", pattern))))))
                .isPresent();
        assertThat(JsonSchemas.fault(Map.of("patternProperties", Map.of(pattern, true))))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})$",
                "^[a-zA-Z0-9._%+-]{1,64}@(?:[a-z0-9-]{1,63}\\.){1,8}[a-z]{2,63}$",
                "a{1000}",
                "([a-f0-9]{8}-){3}",
                "\\x{41}\\x{10FFFF}\\p{Greek}{20}",
                "a{,99}{b}",
                "[{99}]{9}",
                ""
            })
    void usualPatternsAreTaken(String pattern) {
        assertThatCode(() -> UserPatterns.compile(pattern)).doesNotThrowAnyException();
    }

    @Property(tries = 5_000)
    void theSizeIsNeverUnderestimated(@ForAll("pieces") List<String> pieces) {
        String text = String.join("", pieces);
        Pattern pattern;
        try {
            pattern = Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            pattern = null;
        }
        Assume.that(pattern != null);
        assertThat(PatternSize.of(text)).as(text).isGreaterThanOrEqualTo(pattern.programSize());
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of(
                        "(",
                        ")",
                        ")",
                        "(?:",
                        "(?i)",
                        "(?i:",
                        "(?P<n>",
                        "[",
                        "[^",
                        "]",
                        "]",
                        "[:alpha:]",
                        "[:",
                        ":]",
                        "-",
                        "\\",
                        "\\Q",
                        "\\E",
                        "\\p{L}",
                        "\\pN",
                        "\\x{41}",
                        "\\x41",
                        "\\d",
                        "\\b",
                        "\\(",
                        "\\]",
                        "a",
                        "é",
                        "😀",
                        "|",
                        "*",
                        "+",
                        "?",
                        ".",
                        "^",
                        "$",
                        "{3}",
                        "{2}",
                        "{2,}",
                        "{0,3}",
                        "{0}",
                        "{",
                        "}",
                        "{,2}",
                        "{02}",
                        "}")
                .list()
                .ofMaxSize(12);
    }
}
