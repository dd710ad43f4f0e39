package dev.callboard.documents.extract;

/**
 * How many steps a pattern has once its counted repeats are written out, which RE2 does when it compiles it: {@code (a{100}){100}}
 * has 10,000. Roughly right for valid patterns, which is enough for a limit; for others some number.
 */
final class PatternSize {
    /** Sizes stop to grow here: no limit is larger. */
    private static final long MOST = 1_000_000_000L;

    private final String pattern;
    private int at;

    private PatternSize(String pattern) {
        this.pattern = pattern;
    }

    static long of(String pattern) {
        return new PatternSize(pattern).sequence();
    }

    /** Up to the end, or to the bracket that closes the group. */
    private long sequence() {
        long size = 0;
        while (at < pattern.length() && pattern.charAt(at) != ')') {
            long atom = atom();
            size = Math.min(MOST, size + Math.min(MOST, atom * repeats()));
        }
        return size;
    }

    private long atom() {
        char c = pattern.charAt(at++);
        if (c == '(') {
            long size = sequence();
            at++;
            return size + 2;
        }
        if (c == '\\') {
            at++;
        } else if (c == '[') {
            // The first character of a class may be the bracket that ends others.
            at += pattern.startsWith("^", at) ? 2 : 1;
            while (at < pattern.length() && pattern.charAt(at) != ']') {
                at += pattern.charAt(at) == '\\' ? 2 : 1;
            }
            at++;
        }
        return 1;
    }

    /** How often what was just read is repeated, as {@code {n}}, {@code {n,}} or {@code {n,m}} says. */
    private long repeats() {
        int end = pattern.indexOf('}', at);
        if (at >= pattern.length() || pattern.charAt(at) != '{' || end < 0) {
            return 1;
        }
        String counts = pattern.substring(at + 1, end);
        if (!counts.matches("\\d{1,4}(,\\d{0,4})?")) {
            return 1;
        }
        at = end + 1;
        long most = 1;
        for (String count : counts.split(",")) {
            most = Math.max(most, Long.parseLong(count));
        }
        return most;
    }
}
