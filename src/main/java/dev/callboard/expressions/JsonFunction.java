package dev.callboard.expressions;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code $parseJson(text)}: the value that a text of JSON stands for, read as strictly as what comes from outside. */
final class JsonFunction {
    static final String NAME = "parseJson";

    private JsonFunction() {}

    static void register(Jsonata expression) {
        expression.registerFunction(NAME, new JFunction((input, arguments) -> parsed(arguments), "<s-:x>"));
    }

    private static @Nullable Object parsed(List<?> arguments) {
        if (arguments.isEmpty() || !(arguments.get(0) instanceof String text)) {
            return null;
        }
        try {
            Object value = Json.parse(text);
            // Nothing is what is not there; null is a value.
            return value == null ? Jsonata.NULL_VALUE : value;
        } catch (JsonSyntaxException e) {
            throw new JException(
                    "$" + NAME + " is given a text that is not valid JSON, line " + e.line() + ", column " + e.column()
                            + ": " + e.getMessage(),
                    -1);
        }
    }
}
