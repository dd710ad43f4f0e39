package dev.callboard.pipelines;

import dev.callboard.problem.Fields;
import dev.callboard.taskmodel.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** Reads policies. */
public final class PolicyReader {
    static final int MAX_ATTEMPTS = 1_000;

    private static final int MAX_POLICIES = 200;
    private static final double YEAR = 366 * 86_400d;
    private static final Set<String> KEYS = Set.of(
            "max_attempts",
            "backoff",
            "delay_seconds",
            "max_delay_seconds",
            "jitter",
            "timeout_seconds",
            "circuit_breaker",
            "rate_limit",
            "max_concurrent");

    private PolicyReader() {}

    /** Reads a policy that was checked before; what is wrong in it counts as absent. */
    public static Policy stored(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? policy(new Fields(map, "", new ArrayList<>())) : Policy.NONE;
    }

    /** Adds to the violations what is wrong with policies, by their names. */
    static void check(Fields pipeline, Map<String, @Nullable Object> policies) {
        if (policies.size() > MAX_POLICIES) {
            pipeline.wrong("policies", "must have at most " + MAX_POLICIES + " members, it has " + policies.size());
            return;
        }
        Fields fields = new Fields(policies, pipeline.pointerOf("policies"), pipeline.violations());
        policies.forEach((name, value) -> {
            if (!PipelineReader.WORD.matcher(name).matches()) {
                fields.wrong(name, "must have a name that matches " + PipelineReader.WORD.pattern());
            }
            if (value instanceof Map<?, ?> map) {
                policy(new Fields(map, fields.pointerOf(name), pipeline.violations()));
            } else {
                fields.wrong(name, "must be an object");
            }
        });
    }

    /** Adds what is wrong with a policy that is a member of something else. */
    static void checkMember(Fields owner, String key) {
        if (owner.get(key) instanceof Map<?, ?> map) {
            policy(new Fields(map, owner.pointerOf(key), owner.violations()));
        } else if (owner.has(key)) {
            owner.wrong(key, "must be an object");
        }
    }

    private static Policy policy(Fields fields) {
        PipelineReader.knownKeys(fields, KEYS);
        double delay = number(fields, "delay_seconds", 1, value -> value >= 0 && value <= YEAR, "0 or more seconds");
        return new Policy(
                whole(fields, "max_attempts", MAX_ATTEMPTS),
                backoff(fields),
                delay,
                number(
                        fields,
                        "max_delay_seconds",
                        Math.max(300, delay),
                        value -> value >= delay && value <= YEAR,
                        "at least delay_seconds (" + plain(delay) + ")"),
                number(fields, "jitter", 0.2, value -> value >= 0 && value <= 1, "a share from 0 to 1"),
                fields.has("timeout_seconds") ? seconds(fields, "timeout_seconds", 1) : null,
                fields.has("circuit_breaker") ? breaker(inner(fields, "circuit_breaker")) : null,
                fields.has("rate_limit") ? rate(inner(fields, "rate_limit")) : null,
                whole(fields, "max_concurrent", 100_000));
    }

    private static Policy.CircuitBreaker breaker(Fields fields) {
        PipelineReader.knownKeys(fields, Set.of("failures", "open_seconds"));
        Integer failures = whole(fields, "failures", 10_000);
        return new Policy.CircuitBreaker(failures == null ? 5 : failures, seconds(fields, "open_seconds", 30));
    }

    private static Policy.RateLimit rate(Fields fields) {
        PipelineReader.knownKeys(fields, Set.of("permits", "per_seconds"));
        Integer permits = whole(fields, "permits", 1_000_000);
        return new Policy.RateLimit(permits == null ? 10 : permits, seconds(fields, "per_seconds", 1));
    }

    private static Policy.Backoff backoff(Fields fields) {
        Object value = fields.get("backoff");
        for (Policy.Backoff backoff : Policy.Backoff.values()) {
            if (backoff.word().equals(value)) {
                return backoff;
            }
        }
        if (value != null) {
            fields.wrong("backoff", "must be none, linear or exponential");
        }
        return Policy.Backoff.EXPONENTIAL;
    }

    private static Fields inner(Fields fields, String key) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(PipelineReader.object(fields, key));
        return new Fields(members, fields.pointerOf(key), fields.violations());
    }

    private static double seconds(Fields fields, String key, double fallback) {
        return number(
                fields, key, fallback, value -> value >= 0.001 && value <= YEAR, "more than 0 seconds, at most a year");
    }

    private static @Nullable Integer whole(Fields fields, String key, int most) {
        double value = number(
                fields,
                key,
                0,
                each -> each >= 1 && each <= most && each == Math.rint(each),
                "a whole number from 1 to " + most);
        return value == 0 ? null : (int) value;
    }

    private static double number(Fields fields, String key, double fallback, DoublePredicate right, String must) {
        Number number = fields.number(key);
        if (number == null) {
            return fallback;
        }
        if (!right.test(number.doubleValue())) {
            fields.wrong(key, "must be " + must);
            return fallback;
        }
        return number.doubleValue();
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
