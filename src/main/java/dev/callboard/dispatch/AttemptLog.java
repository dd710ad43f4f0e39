package dev.callboard.dispatch;

import dev.callboard.taskmodel.LogLine;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The lines that an attempt wrote and that are not stored yet. Written by the stage's threads, read by the engine's. */
final class AttemptLog {
    /** The most lines of one attempt; what comes after is left out, and the last line says so. */
    static final int MAX_LINES = 10_000;

    /** The most characters of a line. */
    static final int MAX_LENGTH = 4_000;

    private final Clock clock;
    private final List<LogLine> open = new ArrayList<>();
    private volatile Mask mask = Mask.NONE;
    private long seq;

    /** @param lastLine the number of the line before the first, 0 for none */
    AttemptLog(Clock clock, long lastLine) {
        this.clock = clock;
        this.seq = lastLine;
    }

    /** Takes secrets out of the lines to come. */
    void hide(Mask secrets) {
        mask = secrets;
    }

    void info(String text) {
        mask.text(text).lines().forEach(line -> add("info", line));
    }

    void error(String text) {
        mask.text(text).lines().forEach(line -> add("error", line));
    }

    private synchronized void add(String level, String text) {
        if (seq < MAX_LINES) {
            seq++;
            boolean last = seq == MAX_LINES;
            open.add(new LogLine(
                    seq, clock.instant(), last ? "warn" : level, last ? "Further lines are left out." : clean(text)));
        }
    }

    private static String clean(String text) {
        String line = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH - 1) + "…" : text;
        return line.chars().noneMatch(Character::isISOControl)
                ? line
                : line.replaceAll("[\\p{Cntrl}&&[^\\t]]", "\uFFFD");
    }

    /** Takes the lines that are not stored yet. */
    synchronized List<LogLine> take() {
        List<LogLine> lines = List.copyOf(open);
        open.clear();
        return lines;
    }

    /** Gives lines back that could not be stored. */
    synchronized void giveBack(List<LogLine> lines) {
        open.addAll(0, lines);
    }
}
