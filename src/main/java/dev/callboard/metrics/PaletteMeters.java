package dev.callboard.metrics;

import static dev.callboard.metrics.Figures.ms;

import dev.callboard.palette.Origin;
import dev.callboard.palette.PaletteChange;
import dev.callboard.palette.RefusalClass;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The palette and the plugins that it is made of. */
public final class PaletteMeters {
    private static final int MOST_PLUGINS = 50;

    private final MeterRegistry registry;
    private final Known plugins = new Known(MOST_PLUGINS);
    private final Timer scans;
    private final Timer resolutions;
    private final AtomicLong revision;
    private final AtomicLong fileReadable;
    private final Map<Origin, AtomicLong> stages = new LinkedHashMap<>();
    private final Map<String, AtomicLong> states = new LinkedHashMap<>();

    PaletteMeters(MeterRegistry registry) {
        this.registry = registry;
        scans = Figures.histogram(
                        "callboard.plugin.scan",
                        "Time of a look at the plugins folder that found a change, loading included at start",
                        ms(10),
                        ms(100),
                        ms(500),
                        ms(1_000),
                        ms(5_000),
                        ms(10_000))
                .register(registry);
        resolutions = Figures.histogram(
                        "callboard.stage.resolution",
                        "Time to find what runs a stage type; one of " + SampledResolver.EVERY + " is measured",
                        Duration.ofNanos(1_000),
                        Duration.ofNanos(10_000),
                        Duration.ofNanos(100_000),
                        ms(1),
                        ms(10),
                        ms(100))
                .register(registry);
        revision = Figures.gauge(registry, "callboard.palette.revision", "The palette's revision", Tags.empty());
        fileReadable = Figures.gauge(
                registry, "callboard.stages.file.readable", "1 when the stages file can be read, else 0", Tags.empty());
        fileReadable.set(1);
        for (Origin origin : Origin.values()) {
            Tags tags = Tags.of("origin", word(origin));
            stages.put(
                    origin,
                    Figures.gauge(registry, "callboard.palette.entries", "Entries of the palette by origin", tags));
            for (PaletteChange.Kind kind : PaletteChange.Kind.values()) {
                registrations(origin, kind);
            }
        }
        for (String state : new String[] {"loaded", "loading", "refused", "disabled"}) {
            states.put(
                    state,
                    Figures.gauge(registry, "callboard.plugins", "Plugin jars by state", Tags.of("state", state)));
        }
        for (RefusalClass refusal : RefusalClass.values()) {
            failures(refusal);
        }
    }

    private static String word(Origin origin) {
        return origin.name().toLowerCase(Locale.ROOT);
    }

    private Counter registrations(Origin origin, PaletteChange.Kind kind) {
        return Counter.builder("callboard.stage.registrations")
                .description("Changes of the palette by origin and kind, since the start")
                .tags("origin", word(origin), "kind", kind.word())
                .register(registry);
    }

    private Counter failures(RefusalClass refusal) {
        return Counter.builder("callboard.plugin.failures")
                .description("Plugin jars that were refused, by class of the reason")
                .tags("reason", refusal.word())
                .register(registry);
    }

    /** The folder was scanned and something in it was another than before. */
    public void scanned(Duration time) {
        scans.record(time);
    }

    /** A jar was read and its code asked for its stages. */
    public void loaded(String file, Duration time) {
        Timer.builder("callboard.plugin.load")
                .description("Time from finding a plugin jar to knowing its stages or why it is refused")
                .tags("plugin", plugins.of(file))
                .register(registry)
                .record(time);
    }

    /** A jar is refused that was not, or for another reason. */
    public void refused(RefusalClass reason) {
        failures(reason).increment();
    }

    /** So many jars are in that state now: {@code loaded}, {@code refused} or {@code disabled}. */
    public void plugins(Map<String, Long> byState) {
        states.forEach((state, value) -> value.set(byState.getOrDefault(state, 0L)));
    }

    /** The palette is this now. */
    public void palette(long now, Map<Origin, Long> byOrigin) {
        revision.set(now);
        stages.forEach((origin, value) -> value.set(byOrigin.getOrDefault(origin, 0L)));
    }

    /** An entry was added, changed or removed. */
    public void changed(Origin origin, PaletteChange.Kind kind) {
        registrations(origin, kind).increment();
    }

    /** Whether the stages file can be read. */
    public void fileReadable(boolean readable) {
        fileReadable.set(readable ? 1 : 0);
    }

    void resolved(long nanos) {
        resolutions.record(nanos, TimeUnit.NANOSECONDS);
    }
}
