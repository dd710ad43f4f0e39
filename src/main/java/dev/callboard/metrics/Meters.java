package dev.callboard.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.spi.VertxMetricsFactory;
import java.util.function.Supplier;

/**
 * The meters of one server, by the part that moves them. All meters exist from the start, at zero, as far as their labels
 * are known; {@code docs/metrics.md} lists them. Safe to use from any thread.
 */
public final class Meters implements AutoCloseable {
    private final MeterRegistry registry;
    private final Supplier<String> text;
    private final StoreMeters store;
    private final PaletteMeters palette;
    private final ExecutionMeters execution;
    private final SinkMeters sinks;
    private final WebMeters web;
    private final JvmGcMetrics collections = new JvmGcMetrics();

    private Meters(MeterRegistry registry, Supplier<String> text) {
        this.registry = registry;
        this.text = text;
        this.store = new StoreMeters(registry);
        this.palette = new PaletteMeters(registry);
        this.execution = new ExecutionMeters(registry);
        this.sinks = new SinkMeters(registry);
        this.web = new WebMeters(registry);
    }

    /** Meters that Prometheus can read. */
    public static Meters prometheus() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return new Meters(prometheus, prometheus::scrape);
    }

    /** Meters that nobody reads, for work without a web server. */
    public static Meters none() {
        return new Meters(new CompositeMeterRegistry(), () -> "");
    }

    /** Measures this process too: memory, collections, threads, processor, files. Takes a while: not for an event loop. */
    public void measureProcess() {
        new UptimeMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** What the database reports. */
    public StoreMeters store() {
        return store;
    }

    /** For the Vert.x whose SQL statements count as {@link #store()}'s. */
    public VertxMetricsFactory statements() {
        return options -> new SqlStatements(store);
    }

    /** What the palette and the plugins report. */
    public PaletteMeters palette() {
        return palette;
    }

    /** What tasks and their attempts report. */
    public ExecutionMeters execution() {
        return execution;
    }

    /** What deliveries to sinks report. */
    public SinkMeters sinks() {
        return sinks;
    }

    /** What requests and WebSockets report. */
    public WebMeters web() {
        return web;
    }

    /** All figures as Prometheus text (version 0.0.4); empty when nobody reads them. Not for an event loop. */
    public String text() {
        return text.get();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
