package dev.callboard.executors;

/**
 * A value that must not be seen, and what hides it.
 *
 * @param value the secret, empty when there is none
 */
record Secret(String value) {
    private static final int SHORTEST = 4;

    /** The text without the secret. One of fewer than {@value #SHORTEST} characters would hide half of any text: it stays. */
    String mask(String text) {
        return value.length() < SHORTEST ? text : text.replace(value, "***");
    }

    /** Not the value. */
    @Override
    public String toString() {
        return "***";
    }
}
