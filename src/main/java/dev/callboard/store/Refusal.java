package dev.callboard.store;

import dev.callboard.metrics.StoreMeters;
import dev.callboard.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why changes are refused, while they are. That it begins and that it is over is logged once each, and measured. */
final class Refusal {
    private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);

    private final StoreMeters meters;
    private volatile @Nullable ProblemException problem;

    Refusal(StoreMeters meters) {
        this.meters = meters;
    }

    /** What a change is answered with; null while changes are stored. */
    @Nullable
    ProblemException problem() {
        return problem;
    }

    boolean holds() {
        return problem != null;
    }

    /** Changes are refused for that reason from now on; whether they were not before. */
    boolean begin(ProblemException reason) {
        boolean first = problem == null;
        problem = reason;
        meters.writable(false);
        if (first) {
            LOG.error("Changes are refused from now on: {}", reason.problem().detail());
        }
        return first;
    }

    /** Changes are stored again. */
    void over() {
        if (problem != null) {
            problem = null;
            meters.writable(true);
            LOG.info("Changes are stored again");
        }
    }
}
