package dev.callboard.download;

import java.time.Duration;

/** Waits; a test's only notes how long. */
@FunctionalInterface
interface Waiting {
    void pause(Duration time) throws InterruptedException;
}
