package dev.callboard.expressions;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.callboard.json.UserPatterns;
import dev.callboard.json.UserPatterns.UnusablePatternException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A regular expression, which in JSONata is a function from a text to its first match; RE2's, in time linear in the text. */
final class RegexFunction extends JFunction {
    private final Pattern pattern;

    /** @param written as the parser read it */
    RegexFunction(java.util.regex.Pattern written) throws UnusablePatternException {
        this(UserPatterns.compile(flags(written) + written.pattern()));
    }

    private RegexFunction(Pattern pattern) {
        super((input, arguments) -> first(pattern, arguments), null);
        this.pattern = pattern;
    }

    private static String flags(java.util.regex.Pattern written) {
        String flags = ((written.flags() & java.util.regex.Pattern.CASE_INSENSITIVE) == 0 ? "" : "i")
                + ((written.flags() & java.util.regex.Pattern.MULTILINE) == 0 ? "" : "m");
        return flags.isEmpty() ? "" : "(?" + flags + ")";
    }

    private static @Nullable Object first(Pattern pattern, List<?> arguments) {
        return !arguments.isEmpty() && arguments.get(0) instanceof String text ? next(pattern.matcher(text)) : null;
    }

    private static @Nullable Map<String, @Nullable Object> next(Matcher matcher) {
        if (!find(matcher)) {
            return null;
        }
        Map<String, @Nullable Object> match = new LinkedHashMap<>();
        match.put("match", matcher.group());
        match.put("start", matcher.start());
        match.put("end", matcher.end());
        match.put("groups", groups(matcher));
        match.put("next", new JFunction((input, arguments) -> next(matcher), null));
        return match;
    }

    /** The matches in a text. */
    Matcher in(String text) {
        return pattern.matcher(text);
    }

    /** Finds the next match; as in JavaScript's JSONata one of no characters is an error, since it would never end. */
    static boolean find(Matcher matcher) {
        boolean found = matcher.find();
        if (found && matcher.start() == matcher.end()) {
            throw new JException("D1004", -1);
        }
        return found;
    }

    /** What the groups of a match hold; an empty text for one that took no part. */
    static List<String> groups(Matcher matcher) {
        List<String> groups = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            String group = matcher.group(i);
            groups.add(group == null ? "" : group);
        }
        return groups;
    }
}
