package dev.callboard.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a language model used for one execution, repair tries included.
 *
 * @param inputTokens tokens of the prompts
 * @param outputTokens tokens of the answers
 * @param cost in the currency of the configured prices, null when there are none
 */
public record Usage(long inputTokens, long outputTokens, @Nullable BigDecimal cost) {}
