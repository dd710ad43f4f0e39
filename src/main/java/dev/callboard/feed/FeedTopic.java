package dev.callboard.feed;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that clients of the feed can follow. */
interface FeedTopic {
    /**
     * What a subscriber is sent first: a snapshot, or only what came after the revision that it has.
     *
     * @param since the last revision that the subscriber has, null when it has none
     * @param epoch the epoch of that revision, null when it has none
     */
    Future<Opening> open(@Nullable Long since, @Nullable String epoch);

    /** Nobody follows it any more. */
    default void abandoned() {}

    /**
     * The first frames of a subscription.
     *
     * @param epoch the epoch of that revision
     * @param revision what the subscriber has after them
     * @param frames JSON texts in order
     */
    record Opening(String epoch, long revision, List<String> frames) {
        /** Copies. */
        public Opening {
            frames = List.copyOf(frames);
        }
    }
}
