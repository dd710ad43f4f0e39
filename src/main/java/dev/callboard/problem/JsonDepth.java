package dev.callboard.problem;

/**
 * How deep lists and objects may be nested. What is stored must be readable again with what is written around it, so the limits
 * get smaller from the outside to the inside: {@link #DOCUMENT}, {@link #VALUE}, {@link #SETTINGS}.
 */
public final class JsonDepth {
    /** A whole text of JSON that is read: a request's body, a file, a row. */
    public static final int DOCUMENT = 64;

    /** A value that a stage gives: its output, a ledger entry, what it remembers. It is stored and sent inside other objects. */
    public static final int VALUE = 60;

    /** What people write for a stage: a setting, a pipeline's YAML, free settings of the config. It becomes part of values. */
    public static final int SETTINGS = 50;

    private JsonDepth() {}
}
