/**
 * What the features say of a task: its states, attempts, decisions, policies and waits. Records and pure rules, as in {@code
 * palette}.
 */
@NullMarked
package dev.callboard.taskmodel;

import org.jspecify.annotations.NullMarked;
