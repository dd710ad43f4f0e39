package dev.callboard.workers;

import dev.callboard.bus.Address;
import dev.callboard.bus.Topic;
import dev.callboard.engine.WorkMessages.TakenWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Questions and news about workers. Their names are those that they give themselves; whoever has the same is the same. */
public final class WorkersMessages {
    /** Waits for work. Fails with {@code not_a_worker_stage} when a type is not for workers. */
    public static final Address<AwaitWork, TakenWork> TAKE =
            new Address<>("workers.take", AwaitWork.class, TakenWork.class);

    /** Somebody waits no more. */
    public static final Address<AbandonTake, Noted> ABANDON =
            new Address<>("workers.abandon", AbandonTake.class, Noted.class);

    /** A connection serves types from now on. Fails with {@code not_a_worker_stage} when one is not for workers. */
    public static final Address<OfferTypes, Noted> OFFER =
            new Address<>("workers.offer", OfferTypes.class, Noted.class);

    /** A connection is closed. */
    public static final Address<CloseConnection, Noted> CLOSE =
            new Address<>("workers.close", CloseConnection.class, Noted.class);

    /** Lists the workers. */
    public static final Address<ListWorkers, WorkersReply> LIST =
            new Address<>("workers.list", ListWorkers.class, WorkersReply.class);

    /** Workers came, went, or have other work. */
    public static final Topic<WorkersChanged> CHANGED = new Topic<>("workers.changed", WorkersChanged.class);

    private WorkersMessages() {}

    /**
     * Asks for work, and waits for some.
     *
     * @param id identifies this question
     * @param types stage types, at least one
     * @param worker the worker's name
     * @param trusted whether it may get secrets
     * @param polls whether it has no connection, so that this alone shows that it is there
     * @param patience how long to wait, zero for not at all
     */
    public record AwaitWork(
            String id, List<String> types, String worker, boolean trusted, boolean polls, Duration patience) {
        /** Copies. */
        public AwaitWork {
            types = List.copyOf(types);
        }
    }

    /** @param id of the question */
    public record AbandonTake(String id) {}

    /** @param connection identifies it */
    public record OfferTypes(String connection, String worker, List<String> types) {
        /** Copies. */
        public OfferTypes {
            types = List.copyOf(types);
        }
    }

    /** @param connection identifies it */
    public record CloseConnection(String connection) {}

    /** It is. */
    public record Noted() {}

    /** Asks for all. */
    public record ListWorkers() {}

    /** All, by type and name. */
    public record WorkersReply(List<WorkerView> workers) {
        /** Copies. */
        public WorkersReply {
            workers = List.copyOf(workers);
        }
    }

    /**
     * A worker that serves a stage type.
     *
     * @param since when it came
     * @param leases how much work of that type it has
     */
    public record WorkerView(String type, String name, Instant since, int leases) {}

    /** What is different now. */
    public record WorkersChanged(List<WorkerView> changed, List<WorkerView> gone) {
        /** Copies. */
        public WorkersChanged {
            changed = List.copyOf(changed);
            gone = List.copyOf(gone);
        }
    }
}
