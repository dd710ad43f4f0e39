/** Runs the stages of a task: the only writer of execution state. */
@NullMarked
package dev.callboard.execution;

import org.jspecify.annotations.NullMarked;
