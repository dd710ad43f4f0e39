package dev.callboard.stages;

import dev.callboard.conditions.Condition;
import dev.callboard.conditions.ConditionReader;
import dev.callboard.conditions.FieldPath;
import dev.callboard.conditions.Operator;
import dev.callboard.spi.Forms;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.StageWait;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets a task pass only when a condition on its ledger holds. Settings: {@code conditions} (see {@link ConditionReader}),
 * {@code timeout_seconds} (none: it waits for ever; 0: it does not wait), {@code poll_interval_seconds}, {@code take} (a
 * ledger key whose value is the output instead of the input; the gate waits until it is there too).
 *
 * <p>Fails with {@code gate_timeout}, which may be tried again, and {@code invalid_conditions}.
 */
final class GateStage implements Stage {
    private static final int MAX_REASON = 1_000;
    private static final double MILLIS = 1_000;

    /** What it remembers while it waits: when it gives up, and fingerprints of what must change. */
    private static final String UNTIL = "until";

    private static final String FIRST = "first";
    private static final String SINCE = "since";

    /** What is wrong with its settings: JSON Pointer below the settings to a sentence. */
    static Map<String, String> check(Map<String, Object> settings) {
        Map<String, String> faults = new LinkedHashMap<>();
        ConditionReader.read(settings.get("conditions"))
                .faults()
                .forEach((pointer, detail) -> faults.put("/conditions" + pointer, "It " + detail + "."));
        Object take = settings.get("take");
        if (take instanceof String key && !Forms.LEDGER_KEY.matcher(key).matches()) {
            faults.put("/take", "It must be a ledger key: a small letter, then small letters, digits, underscores.");
        }
        return faults;
    }

    @Override
    public @Nullable Object execute(StageContext context, @Nullable Object input) throws StageFailure, StageWait {
        Map<String, Object> settings = context.settings();
        for (Map.Entry<String, String> fault : check(settings).entrySet()) {
            throw StageFailure.permanent("invalid_conditions", fault.getKey() + ": " + fault.getValue());
        }
        String take = settings.get("take") instanceof String key ? key : null;
        Condition condition = condition(settings.get("conditions"), take);
        Map<String, Object> memory = memory(context, condition, settings);
        Condition.View view = new Condition.View(
                context.ledger(), memory.get(FIRST) instanceof Map<?, ?> first ? byField(first) : Map.of());
        if (condition.met(view)) {
            return take == null ? input : context.ledger().get(take);
        }
        String awaited = cut(condition.awaited(view));
        Instant until = memory.get(UNTIL) instanceof String text ? Instant.parse(text) : null;
        if (until != null && !context.now().isBefore(until)) {
            Duration waited = Duration.between(Instant.parse(String.valueOf(memory.get(SINCE))), until);
            throw StageFailure.retryable(
                    "gate_timeout",
                    "The gate timed out after " + seconds(waited) + " s waiting for " + awaited + ".",
                    null);
        }
        throw StageWait.until(awaited, duration(settings.get("poll_interval_seconds"), 30), until, memory);
    }

    private static Condition condition(@Nullable Object conditions, @Nullable String take) {
        Condition read = ConditionReader.read(conditions).condition();
        return take == null
                ? read
                : new Condition.All(List.of(read, new Condition.Test(new FieldPath(take), Operator.EXISTS, true)));
    }

    private static Map<String, Object> memory(StageContext context, Condition condition, Map<String, Object> settings) {
        if (!context.memory().isEmpty()) {
            return context.memory();
        }
        Map<String, Object> memory = new LinkedHashMap<>();
        Instant now = context.now();
        memory.put(SINCE, now.toString());
        if (settings.get("timeout_seconds") != null) {
            memory.put(
                    UNTIL,
                    now.plus(duration(settings.get("timeout_seconds"), 0)).toString());
        }
        memory.put(FIRST, condition.fingerprints(context.ledger()));
        return memory;
    }

    private static Map<String, Object> byField(Map<?, ?> first) {
        Map<String, Object> prints = new LinkedHashMap<>();
        first.forEach((field, print) -> prints.put(String.valueOf(field), print));
        return prints;
    }

    private static Duration duration(@Nullable Object seconds, long fallback) {
        return seconds instanceof Number number
                ? Duration.ofMillis(Math.round(number.doubleValue() * MILLIS))
                : Duration.ofSeconds(fallback);
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    private static String cut(String text) {
        return text.length() > MAX_REASON ? text.substring(0, MAX_REASON - 1) + "…" : text;
    }
}
