package dev.callboard.store;

/** What a decision was about was changed before it was written; nothing of it was. It may be made again. */
final class LostEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostEntryException() {
        super("changed by somebody else before it was written", null, false, false);
    }
}
