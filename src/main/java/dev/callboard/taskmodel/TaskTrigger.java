package dev.callboard.taskmodel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What started a task by itself.
 *
 * @param id the trigger's
 * @param type {@code schedule}, {@code webhook} or {@code folder}
 * @param dueAt when it was due; null for what has no due times, and for a firing by hand
 */
public record TaskTrigger(String id, String type, @Nullable Instant dueAt) {}
