package dev.callboard.bus;

import java.util.Objects;

/**
 * Where requests of one sort are answered.
 *
 * @param name {@code <feature>.<verb>}, lower case
 * @param request the record that is sent
 * @param reply the record that comes back
 */
public record Address<Q extends Record, R extends Record>(String name, Class<Q> request, Class<R> reply) {
    /** Checks that all are there. */
    public Address {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(request, "request is null");
        Objects.requireNonNull(reply, "reply is null");
    }
}
