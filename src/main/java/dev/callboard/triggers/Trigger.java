package dev.callboard.triggers;

import dev.callboard.pipelines.SourceConfig;
import dev.callboard.triggers.TriggersMessages.TriggerView;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A trigger at work. Belongs to the event loop of the triggers' verticle. */
final class Trigger {
    private TriggerRow row;
    private @Nullable SourceConfig config;

    /** Why it cannot fire, null when it can. */
    @Nullable
    String fault;

    /** What it waits for although it is due, null when it does not wait. */
    @Nullable
    String waits;

    /** Why its last task has not started, null when it has, or never was to. */
    @Nullable
    Unstarted unstarted;

    /**
     * A task that was to start and cannot yet.
     *
     * @param reason a sentence
     */
    record Unstarted(String taskId, String reason) {}

    /** Whether it is being fired. */
    boolean busy;

    /** Before that it is not tried again. */
    Instant notBefore = Instant.EPOCH;

    /** What it fired for; of folders. */
    final Set<String> seen = new HashSet<>();

    /** What is in its folder; of folders. */
    @Nullable
    FolderWatch watch;

    Trigger(TriggerRow row, @Nullable SourceConfig config) {
        this.row = row;
        this.config = config;
    }

    TriggerRow row() {
        return row;
    }

    void row(TriggerRow stored) {
        row = stored;
    }

    /** What its source says; null while its pipeline cannot be read. */
    @Nullable
    SourceConfig config() {
        return config;
    }

    void config(@Nullable SourceConfig said) {
        config = said;
    }

    String id() {
        return row.id();
    }

    /** Whether its source is in its pipeline. */
    boolean present() {
        return row.absentSince() == null;
    }

    /** Whether it may fire by itself at that time. */
    boolean ready(Instant now) {
        return present() && !row.paused() && config != null && !busy && !now.isBefore(notBefore);
    }

    /** Whether it may fire by hand: a request that cannot be checked, or a task that cannot start yet, is no reason against it. */
    boolean canFire() {
        return config != null && fault == null;
    }

    /** @param lack what it needs and has not now, a sentence; null when it has all */
    TriggerView view(@Nullable String lack) {
        String unusable = config == null ? "Its pipeline cannot be read." : fault;
        String reason = unusable == null ? lack : unusable;
        return new TriggerView(
                row.id(),
                row.pipeline(),
                row.source(),
                row.type(),
                row.paused() ? "paused" : reason == null ? "active" : "invalid",
                row.paused() ? null : reason,
                row.paused() || reason != null ? null : row.nextAt(),
                row.lastAt(),
                row.lastTask(),
                skipped(),
                canFire());
    }

    private @Nullable String skipped() {
        String said = waits == null ? row.skipped() : waits;
        Unstarted last = unstarted;
        if (last == null || !last.taskId().equals(row.lastTask())) {
            return said;
        }
        String why = "Its last task has not started. " + last.reason();
        return said == null ? why : said + " " + why;
    }
}
