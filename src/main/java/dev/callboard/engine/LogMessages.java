package dev.callboard.engine;

import dev.callboard.bus.Address;
import dev.callboard.taskmodel.LogLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the logs of attempts answer beside their lines in order. */
public final class LogMessages {
    /** Searches a whole log. */
    public static final Address<SearchLog, LogHits> SEARCH =
            new Address<>("execution.log.search", SearchLog.class, LogHits.class);

    private LogMessages() {}

    /**
     * Asks for the lines that contain a text, in any case.
     *
     * @param id of the attempt
     * @param after only lines with a higher number are answered as a whole
     * @param limit at most that many lines as a whole
     */
    public record SearchLog(String id, String text, long after, int limit) {}

    /**
     * The lines that contain a text.
     *
     * @param lines a page of them, oldest first
     * @param next the {@code after} of the next page, null after the last
     * @param seqs the numbers of all of them
     */
    public record LogHits(List<LogLine> lines, @Nullable Long next, List<Long> seqs) {
        /** Copies. */
        public LogHits {
            lines = List.copyOf(lines);
            seqs = List.copyOf(seqs);
        }
    }
}
