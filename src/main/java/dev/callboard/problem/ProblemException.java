package dev.callboard.problem;

import dev.callboard.problem.Problem.Kind;
import java.util.List;

/** Carries a {@link Problem} to the edge. It has no stack trace: it is an answer, not a fault. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Wraps a problem. */
    public ProblemException(Problem problem) {
        super(problem.code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** What went wrong. */
    public Problem problem() {
        return problem;
    }

    /** The request is wrong. */
    public static ProblemException invalid(String code, String detail) {
        return invalid(code, detail, List.of());
    }

    /** The request is wrong, in these places. */
    public static ProblemException invalid(String code, String detail, List<Violation> violations) {
        return new ProblemException(new Problem(Kind.INVALID_REQUEST, code, detail, violations));
    }

    /** The request does not prove that whoever sends it may. */
    public static ProblemException unauthorized(String code, String detail) {
        return new ProblemException(new Problem(Kind.UNAUTHORIZED, code, detail, List.of()));
    }

    /** Whoever asks may not do that. */
    public static ProblemException forbidden(String code, String detail) {
        return new ProblemException(new Problem(Kind.FORBIDDEN, code, detail, List.of()));
    }

    /** What the request names does not exist. */
    public static ProblemException notFound(String code, String detail) {
        return new ProblemException(new Problem(Kind.NOT_FOUND, code, detail, List.of()));
    }

    /** Somebody else changed it first. */
    public static ProblemException staleRevision(String what, long expected, long actual) {
        return new ProblemException(new Problem(
                Kind.STALE_REVISION,
                "stale_revision",
                what + " is at revision " + actual + ", not " + expected + ": read it again and repeat the change.",
                List.of()));
    }

    /** Not possible in the present state. */
    public static ProblemException illegalState(String code, String detail) {
        return new ProblemException(new Problem(Kind.ILLEGAL_STATE, code, detail, List.of()));
    }

    /** It exists already. */
    public static ProblemException duplicate(String code, String detail) {
        return new ProblemException(new Problem(Kind.DUPLICATE, code, detail, List.of()));
    }

    /** More than the server takes. */
    public static ProblemException tooLarge(String code, String detail) {
        return new ProblemException(new Problem(Kind.TOO_LARGE, code, detail, List.of()));
    }

    /** A part that this needs does not work at the moment. */
    public static ProblemException unavailable(String code, String detail) {
        return new ProblemException(new Problem(Kind.UNAVAILABLE, code, detail, List.of()));
    }

    /** No room left on the disk. */
    public static ProblemException storageFull(String detail) {
        return new ProblemException(new Problem(Kind.STORAGE_FULL, "storage_full", detail, List.of()));
    }
}
