package dev.callboard.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long every test waits for a condition: a bound that a busy machine keeps. What has to be fast is shown by a
 * benchmark, never by a shorter wait here. Registered for all tests, so {@code await()} alone has it.
 */
public final class Patience implements BeforeAllCallback {
    /** For what takes milliseconds on a quiet machine. */
    public static final Duration SOON = Duration.ofSeconds(60);

    /** For what keeps a quiet machine busy for half a minute. */
    public static final Duration LONG = Duration.ofMinutes(10);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(SOON);
    }
}
