package dev.callboard.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a task is about.
 *
 * @param userInput what the person who started it added
 */
public record About(String title, String description, @Nullable String userInput, Instant createdAt) {}
