/** How a task looks to clients: made of its parts, wherever they come from, by pure rules. */
@org.jspecify.annotations.NullMarked
package dev.callboard.taskview;
