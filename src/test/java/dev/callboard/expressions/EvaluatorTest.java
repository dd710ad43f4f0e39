package dev.callboard.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What expressions give, in the thread of the test. */
class EvaluatorTest {
    private final Evaluator evaluator = new Evaluator(1_000_000);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
            a.b                                        | {"a":{"b":[1,2]}}           | [1,2]
            $sum(items.price)                          | {"items":[{"price":1.5},{"price":2}]} | 3.5
            items[price > 1].name                      | {"items":[{"price":2,"name":"x"}]} | "x"
            missing                                    | {"a":1}                     | null
            a                                          | {"a":null}                  | null
            {"x": a, "y": missing}                     | {"a":null}                  | {"x":null}
            $keys($)                                   | {"a":1,"b":2}               | ["a","b"]
            items#$i.{"i": $i, "v": v}                 | {"items":[{"v":"a"},{"v":"b"}]} | [{"i":0,"v":"a"},{"i":1,"v":"b"}]
            $match("a1b22", /[0-9]+/).match            | 0                           | ["1","22"]
            $match("a1b22", /([a-z])([0-9]+)/)[1]      | 0                           | {"match":"b22","index":2,"groups":["b","22"]}
            $match("a1b22c3", /[0-9]+/, 2).match       | 0                           | ["1","22"]
            $contains("Hello", /HELLO/i)               | 0                           | true
            $contains("a.c", "b")                      | 0                           | false
            $replace("a1b2", /[0-9]/, "#")             | 0                           | "a#b#"
            $replace("John Smith", /(\\w+)\\s(\\w+)/, "$2, $1") | 0                    | "Smith, John"
            $replace("265USD", /([0-9]+)USD/, "$$$1")  | 0                           | "$265"
            $replace("abc", /b/, function($m){ $uppercase($m.match) }) | 0           | "aBc"
            $replace("a.b.c", ".", "-", 1)             | 0                           | "a-b.c"
            $split("a, b,c", /, */)                    | 0                           | ["a","b","c"]
            $split("a-b-c", "-", 2)                    | 0                           | ["a","b"]
            $split("", ",")                            | 0                           | [""]
            "ab12" ~> /[0-9]+/ ~> $lookup("match")     | 0                           | "12"
            [1..5][$ % 2 = 0]                          | 0                           | [2,4]
            1/3 > 0.3 ? "yes" : "no"                   | 0                           | "yes"
            /* a comment */ 1 + 1                      | 0                           | 2
            """)
    void valuesAreThoseOfTheReference(String expression, String input, String expected) throws Exception {
        assertThat(Json.write(evaluator.evaluate(expression.replace("\\\\", "\\"), Json.parse(input))))
                .isEqualTo(expected);
    }

    @Test
    void transformsChangeACopy() throws Exception {
        Object input = Json.parse("{\"items\":[{\"v\":2}]}");
        assertThat(Json.write(evaluator.evaluate("$ ~> |items|{'n': 1}|", input)))
                .isEqualTo("{\"items\":[{\"v\":2,\"n\":1}]}");
        assertThat(Json.write(input)).isEqualTo("{\"items\":[{\"v\":2}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$eval('1')",
                "($e := $eval; $e('1'))",
                "$map(['1'], $eval)",
                "'1' ~> $eval",
                "function($x){ $eval($x) }('1')",
                "{'a': [1, {'b': $eval}]}",
                "items[$eval(x)]",
                "items^(>$eval(x))",
                "items{$eval(x): 1}"
            })
    void evalIsRefusedWhereverItStands(String expression) {
        assertThatThrownBy(() -> Evaluator.parse(expression)).hasMessageContaining("$eval cannot be used here");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
            a + ( b                    | near character 7
            $sum(                      | near character 5
            "open                      | near character
            /(?=a)b/                   | is not a valid RE2 pattern
            /(a)\\1/                   | is not a valid RE2 pattern
            /((a{100}){100}){100}/     | too large
            /*                         | incomplete
            {"a": 1,}                  |
            a b                        | near character 3
            """)
    void faultsSayWhere(String expression, String message) {
        assertThatThrownBy(() -> Evaluator.parse(expression.replace("\\\\", "\\")))
                .isInstanceOf(ExpressionFault.class)
                .hasMessageContaining(message == null ? "" : message);
    }

    @Test
    void aFaultOfSeveralLinesNamesTheLine() {
        assertThatThrownBy(() -> Evaluator.parse("{\n  \"a\": 1,\n  \"b\": ]\n}"))
                .hasMessageContaining("line 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            $sum                        | gives a function
            {"f": function($x){$x}}     | gives a function
            [1..1000000000]             | must not exceed
            1/0                         | out of range
            $error("No, thanks")        | No, thanks
            1 & (a + 1)                 | near character 8: the left side of the "+" operator must evaluate to a number
            $match("a", /b*/)           | zero length
            $nothing()                  | non-function
            ($f := function($n){ 1 + $f($n + 1) }; $f(1)) | too deeply
            [1..2000000]                | passes the limit
            """)
    void failuresAreSentences(String expression, String message) {
        assertThatThrownBy(() -> evaluator.evaluate(expression, Json.parse("{\"a\":\"x\"}")))
                .isInstanceOf(ExpressionFault.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatOneExpressionBindsIsGoneInTheNext() throws Exception {
        evaluator.evaluate("($secret := 5; $sum := 7; $secret)", null);
        assertThat(evaluator.evaluate("[$secret, $sum([1,2])]", null)).isEqualTo(java.util.List.of(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$getClass()",
                "getClass()",
                "class.name",
                "$.class",
                "$sum.class",
                "$sum.function",
                "$string($sum)"
            })
    void nothingOfTheHostIsInReach(String expression) throws Exception {
        Object value;
        try {
            value = evaluator.evaluate(expression, Json.parse("{\"a\":1}"));
        } catch (ExpressionFault e) {
            assertThat(e).hasMessageContaining("function");
            return;
        }
        assertThat(value).isIn(null, "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '\0',
            textBlock =
                    """
            settings.a                                       => a
            $.settings.a + $$.settings.b.c                   => a, b
            settings.a[0] & settings.`a b`                   => a, a b
            {"x": settings.a, settings.b: 1}                 => a, b
            ($f := function($n) { $n * settings.a }; $f(2))  => a
            $map(input, function($v) { $v * settings.a })    => a
            input ? settings.a : settings.b                  => a, b
            [settings.a, -settings.b]                        => a, b
            input.($$.settings.a)                            => a
            input[$$.settings.a = 1].name                    => a
            settings.a.(settings.b)                          => a
            input.settings.a                                 => -
            input.(settings.a)                               => -
            input[settings.a = 1]                            => -
            input{settings.a: 1}                             => -
            input^(settings.a)                               => -
            input ~> |settings|{"a": settings.b}|            => -
            $lookup(settings, "a") & settings.*              => -
            settings                                         => -
            "settings.a" & $v.settings.a                     => -
            """)
    void namesThatAreReadOfTheWholeInputAreFound(String expression, String names) throws ExpressionFault {
        assertThat(NamesRead.of(Evaluator.parse(expression), "settings"))
                .containsExactlyInAnyOrder(names.equals("-") ? new String[0] : names.split(", "));
    }
}
