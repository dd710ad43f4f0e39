package dev.callboard.spi.net;

import java.net.UnknownHostException;

/**
 * An address that is not fetched. A kind of {@link UnknownHostException} because a resolver of names may throw nothing
 * else; no connection was tried.
 */
public final class RefusedAddress extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    private final String code;

    private RefusedAddress(String code, String sentence) {
        super(sentence);
        this.code = code;
    }

    /** Text that is no http or https address; code {@code invalid_url}. */
    public static RefusedAddress invalid(String sentence) {
        return new RefusedAddress("invalid_url", sentence);
    }

    /** An address that must not be reached; code {@code address_refused}. */
    public static RefusedAddress forbidden(String sentence) {
        return new RefusedAddress("address_refused", sentence);
    }

    /** {@code invalid_url} or {@code address_refused}. */
    public String code() {
        return code;
    }
}
