package dev.callboard.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the command line of a server without picocli, whose classes are so old that Java has to check them anew at each start:
 * that takes a fifth of it. Only what can be meant in one way is read; everything else, a mistake too, is picocli's.
 */
final class PlainServe {
    /** The options of {@code serve} that take a value, without dashes. */
    static final Set<String> OPTIONS = Set.of("data", "config", "plugins", "host", "port", "webroot");

    private static final String COMMAND = "serve";
    private static final String DASHES = "--";

    private PlainServe() {}

    /** The options that were given; empty when picocli has to read them. */
    static Optional<Map<String, String>> options(String... arguments) {
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        if (COMMAND.equals(left.peek())) {
            left.remove();
        }
        Map<String, String> options = new HashMap<>();
        while (!left.isEmpty()) {
            String[] option = left.remove().split("=", 2);
            String value = option.length == 2 ? option[1] : left.poll();
            boolean known = option[0].startsWith(DASHES) && OPTIONS.contains(option[0].substring(DASHES.length()));
            if (!known || value == null || !isPlain(value)) {
                return Optional.empty();
            }
            if (options.put(option[0].substring(DASHES.length()), value) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(options);
    }

    /** Not one that might be an option, the name of a file with options, in quotes or a command. */
    private static boolean isPlain(String value) {
        return !value.isEmpty()
                && (Character.isLetterOrDigit(value.charAt(0)) || "/._:[\\".indexOf(value.charAt(0)) >= 0);
    }
}
