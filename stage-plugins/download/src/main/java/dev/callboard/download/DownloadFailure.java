package dev.callboard.download;

import java.time.Duration;
import java.util.Optional;

/** Why one file, or one try of it, failed. */
final class DownloadFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;
    private final boolean passing;
    private final Duration retryAfter;

    private DownloadFailure(String code, String sentence, int status, boolean passing, Duration retryAfter) {
        super(sentence, null, false, false);
        this.code = code;
        this.status = status;
        this.passing = passing;
        this.retryAfter = retryAfter;
    }

    /** What another try would meet again. */
    static DownloadFailure lasting(String code, String sentence) {
        return new DownloadFailure(code, sentence, 0, false, Duration.ZERO);
    }

    /** What may pass: a lost connection, silence. */
    static DownloadFailure passing(String code, String sentence) {
        return new DownloadFailure(code, sentence, 0, true, Duration.ZERO);
    }

    /**
     * An answer that is not the file; code {@code http_status}.
     *
     * @param passing whether the same request may succeed later
     * @param retryAfter what the server asks to wait, or zero
     */
    static DownloadFailure status(int status, String sentence, boolean passing, Duration retryAfter) {
        return new DownloadFailure("http_status", sentence, status, passing, retryAfter);
    }

    /** The same with more words after it. */
    DownloadFailure because(String more) {
        return new DownloadFailure(code, getMessage() + " " + more, status, passing, retryAfter);
    }

    /** A stable machine word. */
    String code() {
        return code;
    }

    /** Whether another try may succeed. */
    boolean isPassing() {
        return passing;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /** The HTTP status, when the server answered with a wrong one. */
    Optional<Integer> status() {
        return status == 0 ? Optional.empty() : Optional.of(status);
    }
}
