package dev.callboard.documents.chunk;

/**
 * A piece of a text.
 *
 * @param start offset of its first character
 * @param end offset after its last
 */
record Span(int start, int end) {
    Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no span: " + start + " to " + end);
        }
    }

    /** Moved to the right. */
    Span plus(int offset) {
        return new Span(start + offset, end + offset);
    }
}
