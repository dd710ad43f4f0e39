package dev.callboard.expressions;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import com.dashjoin.jsonata.Utils;
import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSONata's functions that take regular expressions, with those of {@link RegexFunction}. */
final class TextFunctions {
    private TextFunctions() {}

    static void register(Jsonata expression) {
        register(expression, "match", "<s-f<s:o>n?:a<o>>", (input, arguments) -> match(arguments));
        register(expression, "contains", "<s-(sf):b>", (input, arguments) -> contains(arguments));
        register(expression, "replace", "<s-(sf)(sf)n?:s>", (input, arguments) -> replace(arguments));
        register(expression, "split", "<s-(sf)n?:a<s>>", (input, arguments) -> split(arguments));
    }

    private static void register(Jsonata expression, String name, String signature, JFunctionCallable code) {
        expression.registerFunction(name, new JFunction(code, signature));
    }

    private static @Nullable Object argument(List<?> arguments, int index) {
        return index < arguments.size() ? arguments.get(index) : null;
    }

    private static RegexFunction regex(@Nullable Object value) {
        if (value instanceof RegexFunction regex) {
            return regex;
        }
        throw new JException("a regular expression such as /[a-z]+/ is needed here, not another function", -1);
    }

    /** How many at most; all when it is not said. */
    private static int limit(List<?> arguments, int index, String code) {
        if (!(argument(arguments, index) instanceof Number number)) {
            return Integer.MAX_VALUE;
        }
        if (number.doubleValue() < 0) {
            throw new JException(code, -1);
        }
        return number.intValue();
    }

    private static @Nullable Object match(List<?> arguments) {
        if (!(argument(arguments, 0) instanceof String text)) {
            return null;
        }
        int limit = limit(arguments, 2, "D3040");
        List<Object> matches = Utils.createSequence();
        Matcher matcher = regex(argument(arguments, 1)).in(text);
        while (matches.size() < limit && RegexFunction.find(matcher)) {
            matches.add(object(matcher));
        }
        return matches;
    }

    private static Map<String, Object> object(Matcher matcher) {
        Map<String, Object> match = new LinkedHashMap<>();
        match.put("match", matcher.group());
        match.put("index", matcher.start());
        match.put("groups", RegexFunction.groups(matcher));
        return match;
    }

    private static @Nullable Object contains(List<?> arguments) {
        if (!(argument(arguments, 0) instanceof String text)) {
            return null;
        }
        return argument(arguments, 1) instanceof String part
                ? text.contains(part)
                : regex(argument(arguments, 1)).in(text).find();
    }

    private static @Nullable Object split(List<?> arguments) {
        if (!(argument(arguments, 0) instanceof String text)) {
            return null;
        }
        int limit = limit(arguments, 2, "D3020");
        List<Object> parts = new ArrayList<>();
        if (argument(arguments, 1) instanceof String separator) {
            splitAt(text, separator, parts, limit);
            return parts;
        }
        Matcher matcher = regex(argument(arguments, 1)).in(text);
        int from = 0;
        while (parts.size() < limit && RegexFunction.find(matcher)) {
            parts.add(text.substring(from, matcher.start()));
            from = matcher.end();
        }
        if (parts.size() < limit) {
            parts.add(text.substring(from));
        }
        return parts;
    }

    private static void splitAt(String text, String separator, List<Object> parts, int limit) {
        if (separator.isEmpty()) {
            text.codePoints().limit(limit).mapToObj(Character::toString).forEach(parts::add);
            return;
        }
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0 && parts.size() < limit; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        if (parts.size() < limit) {
            parts.add(text.substring(from));
        }
    }

    private static @Nullable Object replace(List<?> arguments) throws Throwable {
        if (!(argument(arguments, 0) instanceof String text)) {
            return null;
        }
        Object replacement = argument(arguments, 2);
        int limit = limit(arguments, 3, "D3011");
        StringBuilder replaced = new StringBuilder();
        int from = 0;
        if (argument(arguments, 1) instanceof String part) {
            if (part.isEmpty()) {
                throw new JException("D3010", -1);
            }
            int at = text.indexOf(part);
            for (int done = 0; at >= 0 && done < limit; done++) {
                replaced.append(text, from, at).append(value(replacement, part, List.of(), part));
                from = at + part.length();
                at = text.indexOf(part, from);
            }
            return replaced.append(text.substring(from)).toString();
        }
        Matcher matcher = regex(argument(arguments, 1)).in(text);
        for (int done = 0; done < limit && RegexFunction.find(matcher); done++) {
            replaced.append(text, from, matcher.start())
                    .append(value(replacement, matcher.group(), RegexFunction.groups(matcher), object(matcher)));
            from = matcher.end();
        }
        return replaced.append(text.substring(from)).toString();
    }

    /** @param seen what a function gets that gives the replacement */
    private static String value(@Nullable Object replacement, String match, List<String> groups, Object seen)
            throws Throwable {
        if (replacement instanceof String template) {
            return seen instanceof String ? template : filled(template, match, groups);
        }
        if (Functions.funcApply(replacement, List.of(seen)) instanceof String text) {
            return text;
        }
        throw new JException("D3012", -1);
    }

    /** {@code $0} is the match, {@code $1} its first group, {@code $$} a dollar sign; of several digits those that name one. */
    private static String filled(String template, String match, List<String> groups) {
        StringBuilder filled = new StringBuilder();
        int i = 0;
        while (i < template.length()) {
            char c = template.charAt(i++);
            if (c != '$' || i == template.length()) {
                filled.append(c);
            } else if (template.charAt(i) == '$') {
                filled.append('$');
                i++;
            } else if (template.charAt(i) < '0' || template.charAt(i) > '9') {
                filled.append(c);
            } else {
                int group = template.charAt(i++) - '0';
                while (i < template.length()
                        && template.charAt(i) >= '0'
                        && template.charAt(i) <= '9'
                        && group * 10 + template.charAt(i) - '0' <= groups.size()) {
                    group = group * 10 + template.charAt(i++) - '0';
                }
                filled.append(group == 0 ? match : group <= groups.size() ? groups.get(group - 1) : "");
            }
        }
        return filled.toString();
    }
}
