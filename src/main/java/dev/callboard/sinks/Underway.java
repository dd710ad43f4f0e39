package dev.callboard.sinks;

import java.util.HashSet;
import java.util.Set;

/**
 * Which deliveries are on their way. What is due is read from the database while others end, so what was read may be
 * older than that: one that ended since the reading began is not started by it, but by the next one.
 */
final class Underway {
    private final int most;
    private final Set<String> ids = new HashSet<>();
    private final Set<String> endedSince = new HashSet<>();

    /**
     * None yet.
     *
     * @param most how many may be on their way at once
     */
    Underway(int most) {
        this.most = most;
    }

    /** From now on it is read what is due. */
    void reading() {
        endedSince.clear();
    }

    /** Whether this one, which was read as due, is to be started; it is on its way then. */
    boolean start(String id) {
        return ids.size() < most && !endedSince.contains(id) && ids.add(id);
    }

    /** How it ended is stored. */
    void ended(String id) {
        ids.remove(id);
        endedSince.add(id);
    }

    int count() {
        return ids.size();
    }
}
