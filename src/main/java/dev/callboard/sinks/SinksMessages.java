package dev.callboard.sinks;

import dev.callboard.bus.Address;
import dev.callboard.bus.Topic;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What deliveries to sinks answer and publish. */
public final class SinksMessages {
    /** Waits for its turn, or for another attempt. */
    public static final String PENDING = "pending";

    /** Is where it was to go. */
    public static final String DELIVERED = "delivered";

    /** Is not tried any more unless somebody asks for it. */
    public static final String FAILED = "failed";

    /** Reads the deliveries of a task. */
    public static final Address<ListDeliveries, DeliveriesReply> LIST =
            new Address<>("sinks.deliveries.list", ListDeliveries.class, DeliveriesReply.class);

    /** Delivers again. */
    public static final Address<Redeliver, DeliveryReply> REDELIVER =
            new Address<>("sinks.delivery.redeliver", Redeliver.class, DeliveryReply.class);

    /** There are new deliveries, stored before this is published. */
    public static final Topic<DeliveriesAdded> ADDED = new Topic<>("sinks.deliveries.changed", DeliveriesAdded.class);

    /** A delivery was tried, and how that ended is stored. */
    public static final Topic<DeliveryTried> TRIED = new Topic<>("sinks.delivery.tried", DeliveryTried.class);

    private SinksMessages() {}

    /** Asks for the deliveries of a task, oldest first. */
    public record ListDeliveries(String taskId) {}

    /** The deliveries of a task. */
    public record DeliveriesReply(List<DeliveryView> deliveries) {
        /** Copies. */
        public DeliveriesReply {
            deliveries = List.copyOf(deliveries);
        }
    }

    /** Delivers again, whatever became of it before. */
    public record Redeliver(String id) {}

    /** A delivery as it is now. */
    public record DeliveryReply(DeliveryView delivery) {}

    /** A delivery of a task was tried. */
    public record DeliveryTried(String taskId) {}

    /** A task has new deliveries. */
    public record DeliveriesAdded(String taskId) {}

    /**
     * One delivery.
     *
     * @param id stays the same over all attempts and restarts
     * @param type {@code result}, {@code file} or {@code webhook}
     * @param stages whose outputs it has
     * @param status {@link #PENDING}, {@link #DELIVERED} or {@link #FAILED}
     * @param attempts how often it was tried
     * @param nextAt when it is tried next, null unless it is pending
     * @param target the file or the address without its query, null when that is not known
     * @param error why the last attempt failed, null after a good one
     */
    public record DeliveryView(
            String id,
            String taskId,
            String sink,
            String type,
            List<String> stages,
            String status,
            int attempts,
            @Nullable Instant nextAt,
            @Nullable String target,
            @Nullable String error,
            Instant createdAt,
            @Nullable Instant deliveredAt) {
        /** Copies. */
        public DeliveryView {
            stages = List.copyOf(stages);
        }
    }
}
