package dev.callboard.taskmodel;

import java.util.Locale;

/**
 * Where an attempt at a stage is.
 *
 * <pre>
 *   PENDING ── a place is free ──▶ RUNNING ──▶ COMPLETED
 *      │                            │  │  └──▶ AWAITING_APPROVAL ──▶ APPROVED
 *      │                            │  └─────▶ FAILED
 *      └──── the task is cancelled ─┴────────▶ CANCELLED
 *
 *   COMPLETED, APPROVED ── a stage before it is done again ──▶ STALE
 * </pre>
 */
public enum ExecutionStatus {
    /** Waits for a place to run. */
    PENDING,
    /** Runs. */
    RUNNING,
    /** Done; a person must decide about the result. */
    AWAITING_APPROVAL,
    /** Done, and a person agreed. */
    APPROVED,
    /** Done. */
    COMPLETED,
    /** Ended without a result. */
    FAILED,
    /** Ended with its task. */
    CANCELLED,
    /** Done, but with an input that is no longer the present one. */
    STALE;

    /** The word on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of that word. */
    public static ExecutionStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
