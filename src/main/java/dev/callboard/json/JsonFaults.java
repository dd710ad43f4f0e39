package dev.callboard.json;

import dev.callboard.problem.JsonDepth;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in plain words what the parser has to say of a text that is not JSON. */
final class JsonFaults {
    private static final String CHARACTER = "Unexpected character \\('(.+?)' \\(code [^)]+\\)\\)";

    /** What the parser says, and what that means; the first that fits counts. */
    private static final List<Rule> RULES = List.of(
            rule("Unexpected end-of-input.*closing quote.*", "The text ends in the middle of a string."),
            rule("Unexpected end-of-input.*(escape sequence|field name).*", "The text ends in the middle of a string."),
            rule(
                    "Unexpected end-of-input.*close marker for Object.*",
                    "The text ends before the object is closed by '}'."),
            rule(
                    "Unexpected end-of-input.*close marker for Array.*",
                    "The text ends before the list is closed by ']'."),
            rule("Unexpected end-of-input.*(digit).*", "The text ends in the middle of a number."),
            rule("Unexpected end-of-input.*", "Unexpected end of file."),
            rule("Unexpected close marker '(.)': expected '(.)'.*", "There is '$1' where '$2' was expected."),
            rule("Unexpected close marker '(.)'.*", "There is '$1', but nothing is open that it could close."),
            rule(CHARACTER + ".*start field name.*", "There is '$1' where a key in double quotes was expected."),
            rule(CHARACTER + ".*a colon.*", "There is '$1' where ':' was expected."),
            rule(CHARACTER + ".*comma to separate Object.*", "There is '$1' where ',' or '}' was expected."),
            rule(CHARACTER + ".*comma to separate Array.*", "There is '$1' where ',' or ']' was expected."),
            rule(CHARACTER + ".*\\(non-standard\\) comment.*", "There is a comment; JSON has none."),
            rule(CHARACTER + ".*hex-digit.*", "There is '$1' where a hexadecimal digit was expected."),
            rule(CHARACTER + " in numeric value.*plus signs.*", "A number must not begin with '+'."),
            rule(CHARACTER + " in numeric value.*Decimal point.*", "A digit must follow the point of a number."),
            rule(CHARACTER + " in numeric value.*", "There is '$1' where a digit was expected."),
            rule(CHARACTER + ".*root-level.*", "There is '$1' after the end of the number."),
            rule(CHARACTER + ".*", "There is '$1' where a value was expected."),
            rule("Invalid numeric value: Leading zeroes.*", "A number must not begin with '0'."),
            rule(
                    "Illegal unquoted character.*",
                    "A string must not hold a control character; write it as an escape such as \\\\n."),
            rule("Illegal character.*", "There is a control character between values."),
            rule("Unrecognized character escape '(.+?)'.*", "The escape \\\\$1 is unknown."),
            rule(
                    "(?:Unrecognized|Non-standard) token '([^']{1,40})[^']*'.*",
                    "The word '$1' is not JSON; strings stand in double quotes."),
            rule("Document nesting depth.*", "It is nested deeper than " + JsonDepth.DOCUMENT + " levels."),
            rule("Number value length.*", "A number has more than " + Json.MAX_DIGITS + " digits."),
            rule("Name length.*", "A key has more than " + Json.MAX_KEY + " characters."),
            rule("String value length.*", "A string has more than " + Json.MAX_STRING + " characters."));

    private JsonFaults() {}

    private record Rule(Pattern said, String means) {}

    private static Rule rule(String said, String means) {
        return new Rule(Pattern.compile(said, Pattern.DOTALL), means);
    }

    /** One sentence for people. */
    static String plain(String said) {
        for (Rule rule : RULES) {
            Matcher matcher = rule.said().matcher(said);
            if (matcher.matches()) {
                return matcher.replaceFirst(rule.means());
            }
        }
        return "The text is not valid JSON from here.";
    }
}
