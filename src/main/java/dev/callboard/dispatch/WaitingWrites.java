package dev.callboard.dispatch;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts of which something cannot be stored for now. An incident begins with the first of them and is over when none is
 * left; each end of it is logged once, however many there are and however often they are tried again.
 */
final class WaitingWrites {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingWrites.class);

    private final String what;
    private final Set<String> attempts = new HashSet<>();
    private int most;

    /** @param what is to be stored, for people: "outcome" */
    WaitingWrites(String what) {
        this.what = what;
    }

    /** That of an attempt could not be stored; it may wait already. */
    synchronized void add(String attempt, Throwable reason) {
        boolean first = attempts.isEmpty();
        attempts.add(attempt);
        most = Math.max(most, attempts.size());
        if (first) {
            LOG.warn(
                    "The {} of {} cannot be stored yet, nor may others; they are kept and tried again until it works: {}",
                    what,
                    attempt,
                    reason.getMessage());
        }
    }

    /** It was stored, or is of no use any more. */
    synchronized void remove(String attempt) {
        if (attempts.remove(attempt) && attempts.isEmpty()) {
            LOG.info("Each {} that waited to be stored, at most {} at once, is settled", what, most);
            most = 0;
        }
    }

    /** Removes those of attempts that are not here any more. */
    synchronized void keepOnly(Collection<String> here) {
        List.copyOf(attempts).stream()
                .filter(attempt -> !here.contains(attempt))
                .forEach(this::remove);
    }
}
