package dev.callboard.problem;

import java.util.List;
import java.util.Objects;

/**
 * An expected failure, as a value.
 *
 * @param kind what sort of failure it is; the edge knows the status that goes with it
 * @param code a stable machine word, {@code [a-z_]+}
 * @param detail one or two sentences: what is wrong and what to do
 * @param violations each single thing that is wrong, possibly none; of more than {@value #MOST} the first
 */
public record Problem(Kind kind, String code, String detail, List<Violation> violations) {
    /** As many as somebody may read: an answer is not longer for a request that is wrong everywhere. */
    public static final int MOST = 100;

    /** Sorts of expected failures. */
    public enum Kind {
        /** The request itself is wrong. */
        INVALID_REQUEST,
        /** It does not prove that whoever sends it may. */
        UNAUTHORIZED,
        /** Whoever asks may not do that. */
        FORBIDDEN,
        /** What it names does not exist. */
        NOT_FOUND,
        /** The selection of stages breaks a rule. */
        INVALID_SELECTION,
        /** The value was changed meanwhile. */
        STALE_REVISION,
        /** Not possible in the present state. */
        ILLEGAL_STATE,
        /** It exists already. */
        DUPLICATE,
        /** More than the server takes. */
        TOO_LARGE,
        /** A part that this needs does not work at the moment; nothing was changed. */
        UNAVAILABLE,
        /** There is no room left to store it; nothing was changed. */
        STORAGE_FULL
    }

    /** Checks and copies. */
    public Problem {
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(code, "code is null");
        Objects.requireNonNull(detail, "detail is null");
        violations = List.copyOf(violations.subList(0, Math.min(MOST, violations.size())));
    }
}
