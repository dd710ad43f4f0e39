package dev.callboard.metrics;

import static dev.callboard.metrics.Figures.ms;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Requests and WebSockets. */
public final class WebMeters {
    /** Why a client of the feed is not sent every change. */
    public enum Drop {
        /** It reads too slowly; it gets a fresh snapshot once it has read, a client of the event-bus bridge is disconnected. */
        SLOW,
        /** It answered no ping and was disconnected. */
        SILENT
    }

    private final MeterRegistry registry;
    private final AtomicLong clients;
    private final AtomicLong ready;

    WebMeters(MeterRegistry registry) {
        this.registry = registry;
        clients = Figures.gauge(registry, "callboard.websocket.clients", "Clients of the feed", Tags.empty());
        ready = Figures.gauge(
                registry, "callboard.ready", "1 when everything that the server needs works, else 0", Tags.empty());
        for (Drop drop : Drop.values()) {
            drops(drop);
        }
    }

    private Counter drops(Drop drop) {
        return Counter.builder("callboard.websocket.drops")
                .description("Clients of the feed that were left behind, by reason")
                .tags("reason", drop.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    /**
     * A request was answered.
     *
     * @param route a path of the contract such as {@code /api/tasks/{id}}, never the path that was asked for
     */
    public void answered(String method, String route, int status, Duration time) {
        Figures.histogram(
                        "callboard.http.requests",
                        "Time to answer requests, by method, route and status",
                        ms(5),
                        ms(25),
                        ms(100),
                        ms(500),
                        ms(2_500),
                        ms(10_000))
                .tags("method", method, "route", route, "status", Integer.toString(status))
                .register(registry)
                .record(time);
    }

    /** So many follow the feed now. */
    public void clients(int count) {
        clients.set(count);
    }

    /** A client was left behind. */
    public void dropped(Drop drop) {
        drops(drop).increment();
    }

    /** Whether everything that the server needs works. */
    public void ready(boolean works) {
        ready.set(works ? 1 : 0);
    }
}
