package dev.callboard.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFaultsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            {                   | 1 | 2  | The text ends before the object is closed by '}'.
            [1,2                | 1 | 5  | The text ends before the list is closed by ']'.
            {"a" 1}             | 1 | 6  | There is '1' where ':' was expected.
            {"a":}              | 1 | 6  | There is '}' where a value was expected.
            {a:1}               | 1 | 2  | There is 'a' where a key in double quotes was expected.
            {'a':1}             | 1 | 2  | There is ''' where a key in double quotes was expected.
            [1,]                | 1 | 4  | There is ']' where a value was expected.
            {"a":1,}            | 1 | 8  | There is '}' where a key in double quotes was expected.
            {"a":1 "b":2}       | 1 | 8  | There is '"' where ',' or '}' was expected.
            [1 2]               | 1 | 4  | There is '2' where ',' or ']' was expected.
            {"a":1]             | 1 | 7  | There is ']' where '}' was expected.
            ]                   | 1 | 1  | There is ']', but nothing is open that it could close.
            foo                 | 1 | 1  | The word 'foo' is not JSON; strings stand in double quotes.
            [NaN]               | 1 | 5  | The word 'NaN' is not JSON; strings stand in double quotes.
            01                  | 1 | 2  | A number must not begin with '0'.
            +1                  | 1 | 2  | A number must not begin with '+'.
            1.                  | 1 | 2  | A digit must follow the point of a number.
            -                   | 1 | 2  | The text ends in the middle of a number.
            1x                  | 1 | 2  | There is 'x' after the end of the number.
            "a                  | 1 | 3  | The text ends in the middle of a string.
            "\\x"               | 1 | 3  | The escape \\x is unknown.
            "\\u12G4"           | 1 | 6  | There is 'G' where a hexadecimal digit was expected.
            // c                | 1 | 1  | There is a comment; JSON has none.
            {} {}               | 1 | 4  | Something follows the value; a text of JSON is one value.
            """)
    void aFaultIsReportedInPlainWordsWithItsPlace(String text, int line, int column, String said) {
        JsonSyntaxException fault = refused(text);
        assertThat(fault).hasMessage(said);
        assertThat(fault.line()).isEqualTo(line);
        assertThat(fault.column()).isEqualTo(column);
    }

    @Test
    void whatIsNotTakenThoughItIsJsonHasItsTruePlaceToo() {
        check("{\n  \"b\": {\"__proto__\": {}}\n}", 2, 9, "The key '__proto__' is not allowed.");
        check("{\n  \"a\": 1,\n  \"a\": 2\n}", 3, 3, "Duplicate key 'a'.");
        check("[1,\n  1e999]", 2, 3, "The number is out of range.");
        check("{\n\"a\": \"\\ud800\"}", 2, 6, "The string has half of a surrogate pair.");
        check("{\n\"\\udc00\": 1}", 2, 1, "The string has half of a surrogate pair.");
        check("\n" + "[".repeat(65), 2, 66, "It is nested deeper than 64 levels.");
        check("\n" + "9".repeat(1_001), 2, 1_002, "A number has more than 1000 digits.");
        check("\"a\nb\"", 1, 3, "A string must not hold a control character; write it as an escape such as \\n.");
    }

    @Test
    void brokenUtf8HasItsPlace() {
        byte[] bytes = "{\"a\":\n \"é?\"}".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 3] = (byte) 0xFF;
        JsonSyntaxException fault = catchThrowableOfType(JsonSyntaxException.class, () -> Json.parse(bytes));
        assertThat(fault).hasMessage("The text is not valid UTF-8.");
        assertThat(fault.line()).isEqualTo(2);
        assertThat(fault.column()).isEqualTo(4);
    }

    /** What the library says names its own features and types. */
    @Property(tries = 2_000)
    void nothingOfTheLibrarysWordsIsShown(
            @ForAll @StringLength(min = 1, max = 12) @CharRange(from = ' ', to = '~') String text) {
        try {
            Json.parse(text);
        } catch (JsonSyntaxException e) {
            assertThat(e.getMessage())
                    .endsWith(".")
                    .doesNotContain("(code", "Feature", "JSON String", "token", "marker", "Source");
        }
    }

    private static void check(String text, int line, int column, String said) {
        JsonSyntaxException fault = refused(text);
        assertThat(fault).hasMessage(said);
        assertThat(fault.line()).isEqualTo(line);
        assertThat(fault.column()).isEqualTo(column);
    }

    private static JsonSyntaxException refused(String text) {
        JsonSyntaxException fault = catchThrowableOfType(JsonSyntaxException.class, () -> Json.parse(text));
        assertThat(fault).as(text).isNotNull();
        return fault;
    }
}
