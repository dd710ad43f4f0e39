package dev.callboard.problem;

import java.util.Objects;

/**
 * One thing that is wrong with a value.
 *
 * @param pointer where, as a JSON Pointer (RFC 6901); the empty string is the whole value
 * @param detail what is wrong and what would be right, one sentence
 */
public record Violation(String pointer, String detail) {
    /** Checks that both are there. */
    public Violation {
        Objects.requireNonNull(pointer, "pointer is null");
        Objects.requireNonNull(detail, "detail is null");
    }

    /** The detail with a full stop. */
    public String sentence() {
        return detail.endsWith(".") || detail.endsWith("?") ? detail : detail + ".";
    }
}
