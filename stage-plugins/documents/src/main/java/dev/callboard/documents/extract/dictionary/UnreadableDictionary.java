package dev.callboard.documents.extract.dictionary;

/** A dictionary is not what its format says; the message is the end of a sentence without a full stop. */
final class UnreadableDictionary extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean tooLarge;

    /** @param reason such as {@code line 3 has no label} */
    UnreadableDictionary(String reason) {
        this(reason, false);
    }

    private UnreadableDictionary(String reason, boolean tooLarge) {
        super(reason, null, false, false);
        this.tooLarge = tooLarge;
    }

    /** All dictionaries together have too many names. */
    static UnreadableDictionary tooLarge() {
        return new UnreadableDictionary("has too many names", true);
    }

    boolean isTooLarge() {
        return tooLarge;
    }
}
