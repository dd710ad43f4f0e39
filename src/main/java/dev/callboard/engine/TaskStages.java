package dev.callboard.engine;

import dev.callboard.palette.StageResolver;

/** The stages of each task: those that it started with, and the palette's of today for the others. Safe to call from any thread. */
@FunctionalInterface
public interface TaskStages {
    /** Finds the stages of a task. */
    StageResolver of(String taskId);
}
