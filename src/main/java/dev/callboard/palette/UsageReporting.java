package dev.callboard.palette;

import java.util.Optional;

/** A stage that knows what it used. */
public interface UsageReporting {
    /** What was used so far; nothing when nobody said. Also there after a failure. Safe to call from any thread. */
    Optional<Usage> usage();
}
