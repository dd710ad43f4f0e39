package dev.callboard.bus;

import java.util.Objects;

/**
 * Where events of one sort are published. Events are hints: each carries its revision, and none is the only copy of a
 * fact.
 *
 * @param name {@code <feature>.<thing>.changed}, lower case
 * @param event the record that is published
 */
public record Topic<E extends Record>(String name, Class<E> event) {
    /** Checks that both are there. */
    public Topic {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(event, "event is null");
    }
}
