package dev.callboard.documents.validate;

import java.util.Objects;

/**
 * One thing that is wrong.
 *
 * @param pointer a JSON Pointer (RFC 6901) into the document; empty for the whole
 * @param detail what is wrong, to follow the pointer in a sentence
 */
record Violation(String pointer, String detail) {
    Violation {
        Objects.requireNonNull(pointer, "pointer is null");
        Objects.requireNonNull(detail, "detail is null");
    }

    @Override
    public String toString() {
        return (pointer.isEmpty() ? "the document" : pointer) + " " + detail;
    }
}
