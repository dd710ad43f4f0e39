package dev.callboard.net;

import java.io.IOException;

/** Why a request got no answer. Its message is a sentence for people that names no IP address but one they wrote. */
public final class OutboundException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean passing;

    private OutboundException(String code, String sentence, boolean passing) {
        super(sentence);
        this.code = code;
        this.passing = passing;
    }

    /** One that the same request would meet again. */
    static OutboundException lasting(String code, String sentence) {
        return new OutboundException(code, sentence, false);
    }

    /** One that may pass. */
    static OutboundException passing(String code, String sentence) {
        return new OutboundException(code, sentence, true);
    }

    /**
     * {@code invalid_url}, {@code address_refused}, {@code redirect_refused}, {@code too_many_redirects}, {@code tls_failed},
     * {@code bad_answer}, {@code too_large}; {@code host_unknown}, {@code connection_failed}, {@code connection_broken} and
     * {@code timeout} may pass.
     */
    public String code() {
        return code;
    }

    /** Whether the same request may succeed later. */
    public boolean isPassing() {
        return passing;
    }
}
