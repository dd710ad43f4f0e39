package dev.callboard.taskmodel;

import java.time.Instant;

/**
 * A line of an execution's log.
 *
 * @param seq counts from 1 within the execution
 * @param at when it was written
 * @param level {@code info}, {@code warn} or {@code error}
 * @param text one line, at most 4,000 characters
 */
public record LogLine(long seq, Instant at, String level, String text) {}
