package dev.callboard.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Deliveries to sinks. */
public final class SinkMeters {
    /** How an attempt at a delivery ended. */
    public enum Outcome {
        /** It arrived. */
        DELIVERED,
        /** It failed and is tried again. */
        RETRIED,
        /** It failed and is not tried again by itself. */
        FAILED
    }

    /** The types of sinks that something is sent to; a result stays where it is. */
    public enum Type {
        /** A folder of this machine. */
        FILE,
        /** Another server. */
        WEBHOOK
    }

    private final MeterRegistry registry;
    private final AtomicLong running;

    SinkMeters(MeterRegistry registry) {
        this.registry = registry;
        running = Figures.gauge(
                registry,
                "callboard.sink.deliveries.running",
                "Deliveries to sinks that are on their way",
                Tags.empty());
        for (Type type : Type.values()) {
            for (Outcome outcome : Outcome.values()) {
                attempts(type, outcome);
            }
        }
    }

    private Counter attempts(Type type, Outcome outcome) {
        return Counter.builder("callboard.sink.deliveries")
                .description("Attempts to deliver to sinks, by type and outcome")
                .tags("type", word(type), "outcome", word(outcome))
                .register(registry);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** An attempt ended. */
    public void attempted(Type type, Outcome outcome) {
        attempts(type, outcome).increment();
    }

    /** So many are on their way now. */
    public void running(int count) {
        running.set(count);
    }
}
