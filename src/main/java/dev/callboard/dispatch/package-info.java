/**
 * What runs the attempts that {@code engine} decides: the queue and the places, policies that hold attempts back, waits, leases
 * of workers, the runner of stages with its threads, what a stage sees of its attempt, and logs. Start at {@code Dispatcher}.
 *
 * <p>{@code ExecutionVerticle} is here, though it answers the messages of {@code engine}: it puts the rules and what runs
 * together, and this is the higher of the two packages. It uses {@code engine} directly, the only package that does; {@code
 * engine} knows nothing of it. How an attempt ended becomes a fact by a decision there, never here.
 */
@NullMarked
package dev.callboard.dispatch;

import org.jspecify.annotations.NullMarked;
