package dev.callboard.execution;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts whose outcomes cannot be stored for now. An incident begins with the first of them and is over when none is
 * left; each end of it is logged once, however many there are and however often they are tried again.
 */
final class WaitingOutcomes {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingOutcomes.class);

    private final Set<String> attempts = new HashSet<>();
    private int most;

    /** An outcome could not be stored; it may wait already. */
    synchronized void add(String attempt, Throwable reason) {
        boolean first = attempts.isEmpty();
        attempts.add(attempt);
        most = Math.max(most, attempts.size());
        if (first) {
            LOG.warn(
                    "The outcome of {} cannot be stored yet, nor may others; they are tried again every second: {}",
                    attempt,
                    reason.getMessage());
        }
    }

    /** It was stored, or is of no use any more. */
    synchronized void remove(String attempt) {
        if (attempts.remove(attempt) && attempts.isEmpty()) {
            LOG.info("The outcomes that waited to be stored, at most {} at once, are settled", most);
            most = 0;
        }
    }
}
