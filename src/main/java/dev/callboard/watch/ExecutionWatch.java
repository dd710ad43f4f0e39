package dev.callboard.watch;

import dev.callboard.log.LogScope;
import dev.callboard.metrics.ExecutionMeters;
import dev.callboard.metrics.ExecutionMeters.WaitEnd;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.StageResolver;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.WaitingFor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts how attempts end, and logs it with the task, the stage and the attempt. Each attempt counts once. */
final class ExecutionWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionWatch.class);

    /** The run is over; what people decide about it later is not its outcome. */
    private static final Set<String> ENDED = Set.of(
            ExecutionStatus.COMPLETED.word(),
            ExecutionStatus.AWAITING_APPROVAL.word(),
            ExecutionStatus.FAILED.word(),
            ExecutionStatus.CANCELLED.word());

    private static final Set<String> OPEN = Set.of(ExecutionStatus.PENDING.word(), ExecutionStatus.RUNNING.word());

    private final StageResolver resolver;
    private final ExecutionMeters meters;
    private final Clock clock;
    private final Recent<Boolean> counted = new Recent<>();
    private final Recent<Boolean> begun = new Recent<>();
    private final Recent<String> lastOutcome = new Recent<>();
    private final Recent<Instant> waits = new Recent<>();

    ExecutionWatch(StageResolver resolver, ExecutionMeters meters, Clock clock) {
        this.resolver = resolver;
        this.meters = meters;
        this.clock = clock;
    }

    /** An attempt is like this now. */
    void seen(ExecutionView view) {
        String stage = view.taskId() + "/" + view.stageTemplateId();
        WaitingFor waiting = view.waitingFor();
        if (waiting != null && waiting.kind().equals(WaitingFor.LEDGER)) {
            waits.put(view.id(), waiting.since());
        }
        if (OPEN.contains(view.status()) && begun.put(view.id(), true) == null) {
            if (view.attempt() > 1 && ExecutionStatus.FAILED.word().equals(lastOutcome.get(stage))) {
                meters.retried();
            }
        } else if (ENDED.contains(view.status()) && counted.put(view.id(), true) == null) {
            lastOutcome.put(stage, view.status());
            ended(view);
        }
    }

    private void ended(ExecutionView view) {
        Instant since = waits.remove(view.id());
        if (since != null) {
            meters.waited(waitEnd(view), Duration.between(since, clock.instant()));
        }
        Optional<PaletteEntry> entry = resolver.resolve(view.stageType()).map(StageResolver.Resolved::entry);
        String origin = entry.map(known -> known.origin().name().toLowerCase(Locale.ROOT))
                .orElse("gone");
        String plugin = entry.map(PaletteEntry::plugin).orElse("none");
        Duration time = duration(view);
        meters.ended(view.stageType(), origin, plugin, view.status(), time);
        LogScope.run(view.taskId(), view.stage(), view.id(), view.attempt(), () -> log(view, time.toMillis()));
    }

    /** A stage that gives up waiting says so by a code that ends in {@code _timeout}, as any time limit does. */
    private static WaitEnd waitEnd(ExecutionView view) {
        if (view.status().equals(ExecutionStatus.CANCELLED.word())) {
            return WaitEnd.CANCELLED;
        }
        if (!view.status().equals(ExecutionStatus.FAILED.word())) {
            return WaitEnd.PASSED;
        }
        return view.errorCode() != null && view.errorCode().endsWith("timeout") ? WaitEnd.TIMED_OUT : WaitEnd.FAILED;
    }

    private Duration duration(ExecutionView view) {
        if (view.durationMs() != null) {
            return Duration.ofMillis(view.durationMs());
        }
        return view.startedAt() == null ? Duration.ZERO : Duration.between(view.startedAt(), clock.instant());
    }

    private static void log(ExecutionView view, long ms) {
        if (view.status().equals(ExecutionStatus.FAILED.word())) {
            LOG.warn("Stage '{}' failed after {} ms ({}): {}", view.stage(), ms, view.errorCode(), view.error());
        } else {
            LOG.info("Stage '{}' {} after {} ms", view.stage(), view.status(), ms);
        }
    }
}
