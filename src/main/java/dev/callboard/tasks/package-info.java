/** Pipelines, tasks and their selection of stages. */
@NullMarked
package dev.callboard.tasks;

import org.jspecify.annotations.NullMarked;
