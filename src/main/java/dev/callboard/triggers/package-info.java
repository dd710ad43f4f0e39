/**
 * What starts tasks by itself: schedules, webhooks and folders. A trigger is a source of a pipeline; its row says what it fired
 * for, and each firing is stored together with the task that it makes, by the tasks' own creation.
 */
@NullMarked
package dev.callboard.triggers;

import org.jspecify.annotations.NullMarked;
