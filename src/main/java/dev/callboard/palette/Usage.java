package dev.callboard.palette;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a language model used for one execution, repair tries included.
 *
 * @param provider whose API it speaks, such as {@code openai}; null when nobody said
 * @param model its name
 * @param inputTokens tokens of the prompts
 * @param outputTokens tokens of the answers
 * @param cost by the configured prices, null when there are none
 * @param currency of the cost, null when the configuration does not name one or there is no cost
 */
public record Usage(
        @Nullable String provider,
        String model,
        long inputTokens,
        long outputTokens,
        @Nullable BigDecimal cost,
        @Nullable String currency) {}
