/**
 * What is decided about a task, and stored of it: the task as one value in memory, the pure rules that change it, and the rows
 * of what they decided. The only writer of execution state. Start at {@code TaskCommands}: it takes a {@code TaskRecord}, lets a
 * rule change a {@code TaskDraft} of it, and stores what {@code TaskChanges} makes of the changes.
 *
 * <p>Nothing runs here, and nothing waits for its turn: {@code dispatch} does that, uses this package directly, and is never
 * used by it. Where both meet, {@code ExecutionVerticle}, is there, since it needs both. The messages of both are here, and all
 * that other features know of either, but for the options of the verticles and tries of stages.
 */
@NullMarked
package dev.callboard.engine;

import org.jspecify.annotations.NullMarked;
