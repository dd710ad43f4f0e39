package dev.callboard.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The attempts of a task. Never changes. */
final class Attempts {
    private final Map<String, AttemptRow> rows;
    private final Map<String, Attempt> latest;
    private final long lastFence;

    private Attempts(Map<String, AttemptRow> rows, Map<String, Attempt> latest, long lastFence) {
        this.rows = Collections.unmodifiableMap(rows);
        this.latest = Collections.unmodifiableMap(latest);
        this.lastFence = lastFence;
    }

    /** @param rows by id, in the order in which they were made */
    static Attempts of(Map<String, AttemptRow> rows, ProjectRecord project) {
        Map<String, Attempt> latest = new LinkedHashMap<>();
        long fence = 0;
        for (AttemptRow row : rows.values()) {
            latest.put(row.templateId(), attempt(row, project));
            fence = Math.max(fence, row.fence());
        }
        return new Attempts(rows, latest, fence);
    }

    private static Attempt attempt(AttemptRow row, ProjectRecord project) {
        Template template = project.templates().get(row.templateId());
        return row.attempt(project.limits(template == null ? null : template.policy()));
    }

    /** The same with an attempt that is new or was changed. */
    Attempts with(AttemptRow row, ProjectRecord project) {
        Map<String, AttemptRow> all = new LinkedHashMap<>(rows);
        boolean added = all.put(row.id(), row) == null;
        Attempt before = latest.get(row.templateId());
        if (!added && (before == null || !before.id().equals(row.id()))) {
            return new Attempts(all, latest, lastFence);
        }
        Map<String, Attempt> newest = new LinkedHashMap<>(latest);
        newest.put(row.templateId(), attempt(row, project));
        return new Attempts(all, newest, Math.max(lastFence, row.fence()));
    }

    /** All by id, in the order in which they were made. */
    Map<String, AttemptRow> rows() {
        return rows;
    }

    /** The latest of each stage by template id. */
    Map<String, Attempt> latest() {
        return latest;
    }

    /** The highest fence of any, 0 when there is none. */
    long lastFence() {
        return lastFence;
    }
}
