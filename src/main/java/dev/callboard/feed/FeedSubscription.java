package dev.callboard.feed;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a client is with one topic. */
final class FeedSubscription {
    /** Changes that arrive while the opening is fetched; more than these, and the opening is fetched again. */
    private static final int MAX_PENDING = 1_000;

    private final FeedTopic topic;
    private final List<FeedChange> pending = new ArrayList<>();
    private long revision = -1;
    private @Nullable String epoch;
    /** An opening is being fetched; what arrives meanwhile waits. */
    private boolean opening;
    /** The client missed something and must catch up once it has read. */
    private boolean behind;
    /** More changes came during the opening than are kept. */
    private boolean overflowed;

    FeedSubscription(FeedTopic topic) {
        this.topic = topic;
    }

    FeedTopic topic() {
        return topic;
    }

    /** The last revision that the client was sent, -1 for none. */
    long revision() {
        return revision;
    }

    /** The epoch of that revision, null for none. */
    @Nullable
    String epoch() {
        return epoch;
    }

    boolean behind() {
        return behind;
    }

    /** From here on what arrives waits for the opening. */
    void begin() {
        opening = true;
        behind = false;
        overflowed = false;
        pending.clear();
    }

    /** The opening cannot be had. */
    void giveUp() {
        opening = false;
    }

    /** The client was sent the opening; returns what came meanwhile. */
    List<FeedChange> opened(FeedTopic.Opening sent) {
        opening = false;
        revision = sent.revision();
        epoch = sent.epoch();
        List<FeedChange> waiting = List.copyOf(pending);
        pending.clear();
        return waiting;
    }

    /** Whether more came meanwhile than was kept; it is behind then. */
    boolean overflowed() {
        behind |= overflowed;
        return overflowed;
    }

    /**
     * Whether a change is for the client to be sent now: not one that it has, and none while it is behind or opens.
     */
    boolean isNew(FeedChange change) {
        if (behind) {
            return false;
        }
        if (opening) {
            if (pending.size() < MAX_PENDING) {
                pending.add(change);
            } else {
                overflowed = true;
            }
            return false;
        }
        return change.revision() > revision;
    }

    /** Takes all changes of a turn at once, when they are just what the client misses. */
    boolean take(FeedTurn turn) {
        if (behind || opening || !turn.follows(revision)) {
            return false;
        }
        revision = turn.last();
        return true;
    }

    /** Takes a change that can be sent; else the client is behind. */
    boolean take(long at, boolean full) {
        if (full || at != revision + 1) {
            behind = true;
            return false;
        }
        revision = at;
        return true;
    }
}
