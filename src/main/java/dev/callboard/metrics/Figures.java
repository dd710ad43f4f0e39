package dev.callboard.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Makes meters. */
final class Figures {
    private Figures() {}

    /** A figure that goes up and down, from 0. */
    static AtomicLong gauge(MeterRegistry registry, String name, String description, Tags tags) {
        AtomicLong value = new AtomicLong();
        Gauge.builder(name, value, AtomicLong::doubleValue)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
        return value;
    }

    /** A histogram of times with these bounds. */
    static Timer.Builder histogram(String name, String description, Duration... bounds) {
        return Timer.builder(name).description(description).serviceLevelObjectives(bounds);
    }

    static Duration ms(long milliseconds) {
        return Duration.ofMillis(milliseconds);
    }
}
