package dev.callboard.metrics;

import static dev.callboard.metrics.Figures.ms;

import dev.callboard.taskmodel.TaskStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Tasks, the attempts at their stages, and what these wait for. */
public final class ExecutionMeters {
    private static final int MOST_TYPES = 60;
    private static final int MOST_PLUGINS = 50;
    private static final Duration[] STAGE_TIMES = {
        ms(10), ms(100), ms(500), ms(1_000), ms(5_000), ms(15_000), ms(60_000), ms(300_000), ms(900_000), ms(3_600_000)
    };

    /** What can become of a wait. */
    public enum WaitEnd {
        /** The condition came to hold. */
        PASSED("passed"),
        /** It did not in time. */
        TIMED_OUT("timed_out"),
        /** The task was ended meanwhile. */
        CANCELLED("cancelled"),
        /** The stage failed while it waited. */
        FAILED("failed");

        private final String word;

        WaitEnd(String word) {
            this.word = word;
        }
    }

    private final MeterRegistry registry;
    private final Known types = new Known(MOST_TYPES);
    private final Known plugins = new Known(MOST_PLUGINS);
    private final Counter retries;
    private final AtomicLong queue;
    private final AtomicLong running;
    private final AtomicLong places;
    private final AtomicLong gatesWaiting;
    private final AtomicLong longestGateWait;
    private final Map<String, AtomicLong> tasks = new LinkedHashMap<>();

    ExecutionMeters(MeterRegistry registry) {
        this.registry = registry;
        retries = Counter.builder("callboard.execution.retries")
                .description("Attempts after a failed one at the same stage")
                .register(registry);
        queue = Figures.gauge(registry, "callboard.queue.depth", "Attempts that wait for a place", Tags.empty());
        running = Figures.gauge(registry, "callboard.stages.running", "Attempts that run", Tags.empty());
        places = Figures.gauge(registry, "callboard.stages.places", "How many may run at once", Tags.empty());
        gatesWaiting = Figures.gauge(
                registry, "callboard.gates.waiting", "Stages that wait for a condition on the ledger", Tags.empty());
        longestGateWait = Figures.gauge(
                registry, "callboard.gates.longest.wait.seconds", "How long the longest of them waits", Tags.empty());
        for (WaitEnd end : WaitEnd.values()) {
            gateWaits(end);
        }
        for (TaskStatus status : TaskStatus.values()) {
            tasks.put(
                    status.word(),
                    Figures.gauge(
                            registry,
                            "callboard.tasks",
                            "Tasks by status, without archived ones",
                            Tags.of("status", status.word())));
        }
    }

    private Timer gateWaits(WaitEnd end) {
        return Figures.histogram(
                        "callboard.gate.wait",
                        "How long stages waited for a condition on the ledger, by how that ended",
                        ms(1_000),
                        ms(10_000),
                        ms(60_000),
                        ms(600_000),
                        ms(3_600_000),
                        ms(86_400_000))
                .tags("outcome", end.word)
                .register(registry);
    }

    /**
     * The run of an attempt ended.
     *
     * @param origin of its stage type
     * @param plugin the plugin whose code ran, {@code none} for none
     * @param outcome {@code completed}, {@code awaiting_approval}, {@code failed} or {@code cancelled}
     */
    public void ended(String stageType, String origin, String plugin, String outcome, Duration time) {
        Tags tags = Tags.of("stage_type", types.of(stageType), "origin", origin)
                .and("plugin", plugins.of(plugin), "outcome", outcome);
        Counter.builder("callboard.executions")
                .description("Attempts at stages that ended, by stage type, origin, plugin and outcome")
                .tags(tags)
                .register(registry)
                .increment();
        Figures.histogram(
                        "callboard.execution.duration",
                        "How long attempts ran, by stage type, origin, plugin and outcome",
                        STAGE_TIMES)
                .tags(tags)
                .register(registry)
                .record(time);
    }

    /** An attempt follows a failed one. */
    public void retried() {
        retries.increment();
    }

    /** A wait ended. */
    public void waited(WaitEnd end, Duration time) {
        gateWaits(end).record(time);
    }

    /** So many wait in gates now, the longest of them for so long. */
    public void waiting(int count, Duration longest) {
        gatesWaiting.set(count);
        longestGateWait.set(longest.toSeconds());
    }

    /** The engine's load now. */
    public void load(int attemptsWaiting, int attemptsRunning, int attemptsAtOnce) {
        queue.set(attemptsWaiting);
        running.set(attemptsRunning);
        places.set(attemptsAtOnce);
    }

    /** Tasks by the word of their status; what is not in it is 0. */
    public void tasks(Map<String, Long> byStatus) {
        tasks.forEach((status, value) -> value.set(byStatus.getOrDefault(status, 0L)));
    }
}
