package dev.callboard.dispatch;

import dev.callboard.engine.Attempt;
import dev.callboard.engine.StageJob;
import dev.callboard.engine.WorkMessages.End;
import dev.callboard.engine.WorkRepository;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that workers have now, without a place and a thread here. It remembers for a while how the others ended, so
 * that a worker that asks can be told. Belongs to the dispatcher's context.
 */
final class LeasedAttempts {
    /** Of so many that ended is known why. */
    private static final int REMEMBERED = 1_000;

    private final Map<String, Lease> byId = new LinkedHashMap<>();
    private final Set<String> endedMeanwhile = new HashSet<>();
    private final Map<String, End> past = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, End> eldest) {
            return size() > REMEMBERED;
        }
    };
    private int underWay;

    /** The work of one attempt in the hands of a worker. */
    static final class Lease {
        private final ActiveAttempt running;
        private final WorkRepository.StoredLease stored;

        /** Unless it is prolonged it ends then. */
        Instant until;

        /** An earlier server gave it, and its worker cannot reach this one yet: it does not end by time. */
        boolean kept;

        /** Its outcome is being stored: nothing else ends it. */
        boolean ending;

        @Nullable
        PreparedStage prepared;

        Lease(ActiveAttempt running, WorkRepository.StoredLease stored, Instant until) {
            this.running = running;
            this.stored = stored;
            this.until = until;
        }

        ActiveAttempt running() {
            return running;
        }

        StageJob job() {
            return running.job;
        }

        String id() {
            return running.id();
        }

        String stageType() {
            return running.job.template().type();
        }

        String token() {
            return stored.token();
        }

        String worker() {
            return stored.worker();
        }

        Instant deadline() {
            return stored.deadline();
        }
    }

    /** An attempt is about to be given to a worker. */
    void begin() {
        underWay++;
    }

    /** It was, or was not. */
    void done() {
        underWay--;
        if (underWay == 0) {
            endedMeanwhile.clear();
        }
    }

    /** A worker has an attempt; false when it ended meanwhile. */
    boolean add(Lease lease) {
        if (endedMeanwhile.contains(lease.id())) {
            return false;
        }
        byId.put(lease.id(), lease);
        return true;
    }

    /** The lease of that token, as long as its holder has the attempt. */
    Optional<Lease> find(String executionId, String token) {
        return Optional.ofNullable(byId.get(executionId))
                .filter(lease -> lease.token().equals(token));
    }

    boolean has(Lease lease) {
        return byId.get(lease.id()) == lease;
    }

    /** Forgets a lease. */
    void remove(Lease lease, End why) {
        if (byId.remove(lease.id(), lease)) {
            past.put(lease.token(), why);
        }
    }

    /** An attempt ended with its task: forgets its lease, and answers it. */
    Optional<Lease> ended(Attempt attempt) {
        if (underWay > 0) {
            endedMeanwhile.add(attempt.id());
        }
        Optional<Lease> lease = Optional.ofNullable(byId.get(attempt.id()));
        lease.ifPresent(each -> remove(each, End.CANCELLED));
        return lease;
    }

    /** How a lease ended, if that is known. */
    Optional<End> past(String token) {
        return Optional.ofNullable(past.get(token));
    }

    List<Lease> all() {
        return List.copyOf(byId.values());
    }

    Stream<ActiveAttempt> attempts() {
        return byId.values().stream().map(Lease::running);
    }

    Optional<ActiveAttempt> attempt(String executionId) {
        return Optional.ofNullable(byId.get(executionId)).map(Lease::running);
    }
}
