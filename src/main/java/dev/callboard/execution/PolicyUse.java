package dev.callboard.execution;

import dev.callboard.taskmodel.Policy;

/** A policy of a project. */
record PolicyUse(String projectId, String name, Policy policy) {}
