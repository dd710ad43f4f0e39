package dev.callboard.model;

/**
 * A named, typed input or output of a stage.
 *
 * @param name unique among the stage's inputs or outputs
 * @param type of the form {@link dev.callboard.spi.Forms#PORT_TYPE}; {@value #ANY} fits every type
 */
public record Port(String name, String type) {
    /** The type that fits every type. */
    public static final String ANY = "any";

    /** Whether a value of this port may flow into the other. */
    public boolean fits(Port other) {
        return type.equals(other.type) || type.equals(ANY) || other.type.equals(ANY);
    }
}
