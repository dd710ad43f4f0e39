package dev.callboard.engine;

import dev.callboard.taskmodel.Policy;

/** A policy of a project. */
public record PolicyUse(String projectId, String name, Policy policy) {}
