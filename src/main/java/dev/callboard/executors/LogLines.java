package dev.callboard.executors;

import java.util.function.Consumer;

/** Cuts text that comes in pieces into log lines, none of which shows the secret. Not safe for several threads. */
final class LogLines {
    /** Longer lines go on in a line of their own, so that nothing is left out. */
    static final int MAX_LENGTH = 2_000;

    private final Consumer<String> log;
    private final Secret secret;
    private final StringBuilder open = new StringBuilder();

    LogLines(Consumer<String> log, Secret secret) {
        this.log = log;
        this.secret = secret;
    }

    void add(String text) {
        open.append(text);
        for (int end = open.indexOf("\n"); end >= 0; end = open.indexOf("\n")) {
            write(secret.mask(open.substring(0, end)));
            open.delete(0, end + 1);
        }
        // What is kept back is as long as the secret, so that no cut goes through one.
        int kept = secret.value().length();
        if (open.length() >= MAX_LENGTH + kept) {
            String masked = secret.mask(open.toString());
            int cut = masked.length() - kept;
            open.setLength(0);
            open.append(cut > 0 ? masked.substring(cut) : masked);
            write(masked.substring(0, Math.max(0, cut)));
        }
    }

    /** Writes what has no line end. */
    void end() {
        String rest = secret.mask(open.toString());
        open.setLength(0);
        write(rest);
    }

    private void write(String line) {
        for (int from = 0; from < line.length(); ) {
            int to = Math.min(line.length(), from + MAX_LENGTH);
            if (to < line.length() && Character.isHighSurrogate(line.charAt(to - 1))) {
                to--;
            }
            log.accept(line.substring(from, to));
            from = to;
        }
    }
}
