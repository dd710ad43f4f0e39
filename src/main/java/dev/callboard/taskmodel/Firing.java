package dev.callboard.taskmodel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The firing of a trigger, stored in the transaction of its task: both are there, or neither.
 *
 * @param trigger what the task says of it
 * @param next when the trigger is due after this; null when it has no due times, or this is not one of them
 * @param key of the request: one that was seen before answers the task that it made, null for none
 * @param once what must not fire twice, such as a file in one state; null for nothing
 */
public record Firing(TaskTrigger trigger, @Nullable Instant next, @Nullable String key, @Nullable String once) {}
