/** Delivers the results of tasks to the sinks of their pipelines: at least once, over restarts, without a say in the task. */
@NullMarked
package dev.callboard.sinks;

import org.jspecify.annotations.NullMarked;
