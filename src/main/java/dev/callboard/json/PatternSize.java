package dev.callboard.json;

/**
 * How large RE2J would make a pattern, found by reading its text: RE2J writes counted repeats out before anything can stop it,
 * so {@code ((a{100}){100}){100}} takes a million instructions and more memory than there is.
 *
 * <p>The grammar is RE2's (https://github.com/google/re2/wiki/Syntax) as far as groups, classes, quotes, escapes and repeats
 * go. For a pattern that RE2J takes, the estimate is never less than what it makes.
 */
final class PatternSize {
    /** Where counting ends. */
    static final long ENOUGH = 1_000_000_000L;

    private final String text;
    private int at;

    private PatternSize(String text) {
        this.text = text;
    }

    /** The most instructions that RE2J makes of a pattern; {@value #ENOUGH} for that many or more. */
    static long of(String pattern) {
        PatternSize size = new PatternSize(pattern);
        long total = 4;
        // A closing bracket too many is for RE2J to refuse.
        while (size.at < pattern.length()) {
            total = sum(total, size.alternatives());
            size.at++;
        }
        return total;
    }

    private static long sum(long one, long other) {
        return Math.min(ENOUGH, one + other);
    }

    private boolean looksAt(String what) {
        return text.startsWith(what, at);
    }

    private void skipPast(String what, int from) {
        int end = text.indexOf(what, Math.min(from, text.length()));
        at = end < 0 ? text.length() : end + what.length();
    }

    /** Up to the bracket that closes it, or the end. */
    private long alternatives() {
        long total = 2;
        while (at < text.length() && text.charAt(at) != ')') {
            total = sum(total, text.charAt(at) == '|' ? bar() : repeated(atom()));
        }
        return total;
    }

    private long bar() {
        at++;
        return 2;
    }

    private long atom() {
        return switch (text.charAt(at)) {
            case '(' -> skipFlags() ? 0 : group();
            case '[' -> charClass();
            case '\\' -> escape();
            default -> one();
        };
    }

    private long one() {
        at++;
        return 1;
    }

    private long group() {
        at++;
        if (looksAt("?")) {
            at = flags(at + 1);
            if (looksAt("<")) {
                skipPast(">", at);
            }
        }
        long size = sum(2, alternatives());
        at++;
        return size;
    }

    private int flags(int from) {
        int end = from;
        while (end < text.length() && "imsU-P".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }

    /** {@code (?i)} is no group: a repeat after it is one of what stands before it. */
    private boolean skipFlags() {
        int end = looksAt("(?") ? flags(at + 2) : text.length();
        boolean alone = end < text.length() && text.charAt(end) == ')';
        at = alone ? end + 1 : at;
        return alone;
    }

    private long charClass() {
        at++;
        if (looksAt("^")) {
            at++;
        }
        for (boolean first = true; at < text.length() && (first || text.charAt(at) != ']'); first = false) {
            if (looksAt("[:") && text.indexOf(":]", at + 2) >= 0) {
                skipPast(":]", at + 2);
            } else if (looksAt("\\") && at + 1 < text.length() && "pPdDsSwW".indexOf(text.charAt(at + 1)) >= 0) {
                escape();
            } else {
                range();
            }
        }
        at++;
        return 1;
    }

    /** One character of a class, or two with a line between: a bracket after the line is a character as well. */
    private void range() {
        classCharacter();
        if (looksAt("-") && !looksAt("-]")) {
            at++;
            classCharacter();
        }
    }

    private void classCharacter() {
        if (looksAt("\\")) {
            escape();
        } else {
            at++;
        }
    }

    private long escape() {
        if (looksAt("\\Q")) {
            int start = at + 2;
            skipPast("\\E", start);
            return sum(1, at - start);
        }
        at += 2;
        boolean unicode = text.startsWith("p", at - 1) || text.startsWith("P", at - 1);
        if ((unicode || text.startsWith("x", at - 1)) && looksAt("{")) {
            skipPast("}", at);
        } else if (unicode) {
            at++;
        }
        return 1;
    }

    /** What stands before one repeat or several, written out. */
    private long repeated(long size) {
        long total = size;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '*' || c == '+' || c == '?') {
                total = sum(total, 1);
                at++;
            } else if (!skipFlags()) {
                long times = c == '{' ? times() : 0;
                if (times == 0) {
                    return total;
                }
                total = Math.min(ENOUGH, (total + 1) * times + 1);
            }
        }
        return total;
    }

    /** Of {@code {n}}, {@code {n,}} or {@code {n,m}}, of which it reads; 0 when it is only a bracket. */
    private long times() {
        int end = text.indexOf('}', at);
        String inside = end < 0 ? "" : text.substring(at + 1, end);
        if (!inside.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
            return 0;
        }
        at = end + 1;
        long most = 1;
        for (String number : inside.split(",")) {
            most = Math.max(most, Long.parseLong(number));
        }
        return inside.endsWith(",") ? most + 1 : most;
    }
}
