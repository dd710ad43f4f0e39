package dev.callboard.taskmodel;

import java.util.Locale;

/**
 * Where a task is.
 *
 * <pre>
 *              run                    last stage completed
 *   PENDING ─────────▶ RUNNING ───────────────────────────▶ COMPLETED
 *      │               │ ▲  ▲ │
 *      │ cancel        │ │  │ └─ a stage failed, none runs ─▶ FAILED
 *      │       cancel  │ │  └───────────── retry ──────────────┘
 *      ▼               ▼ │
 *   CANCELLED ◀────────┘ │ decided
 *      ▲                 ▼
 *      └── cancel ── AWAITING_APPROVAL
 * </pre>
 */
public enum TaskStatus {
    /** Created, not started. */
    PENDING,
    /** At least one stage runs, waits for a place to run, or waits in a gate. */
    RUNNING,
    /** A person must decide before it goes on. */
    AWAITING_APPROVAL,
    /** All selected stages are done. */
    COMPLETED,
    /** A stage failed and none runs any more. */
    FAILED,
    /** Somebody ended it. */
    CANCELLED;

    /** The name of the numbers of tasks by the word of their status, without those in the archive. */
    public static final String TALLY = "tasks";

    /** The word on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it can still be cancelled. */
    public boolean open() {
        return this == PENDING || this == RUNNING || this == AWAITING_APPROVAL;
    }

    /** The status of that word. */
    public static TaskStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
