package dev.callboard.execution;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the secrets of a stage out of whatever it says: each becomes {@value #SHOWN}. */
final class Mask {
    /** What is shown in place of a secret. */
    static final String SHOWN = "•••";

    /** For a stage without secrets. */
    static final Mask NONE = new Mask(List.of());

    /** The least characters of a line of a secret that is masked on its own, as logs come line by line. */
    private static final int LEAST_LINE = 8;

    private final List<String> secrets;

    /** @param secrets the values */
    Mask(Collection<String> secrets) {
        List<String> all = new ArrayList<>();
        for (String secret : secrets) {
            all.add(secret);
            List<String> lines = secret.lines().map(String::strip).toList();
            if (lines.size() > 1) {
                lines.stream().filter(line -> line.length() >= LEAST_LINE).forEach(all::add);
            } else if (!secret.strip().equals(secret) && !secret.isBlank()) {
                all.add(secret.strip());
            }
        }
        // The longest first: a secret may be a part of another.
        all.sort(Comparator.comparingInt(String::length).reversed());
        this.secrets = List.copyOf(all);
    }

    String text(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, SHOWN);
        }
        return masked;
    }

    /** A JSON-shaped value with all its texts masked, the names of members too. */
    @Nullable
    Object value(@Nullable Object value) {
        if (secrets.isEmpty()) {
            return value;
        }
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> masked = new LinkedHashMap<>();
            map.forEach((key, member) -> masked.put(text(String.valueOf(key)), value(member)));
            return masked;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> masked = new ArrayList<>();
            list.forEach(element -> masked.add(value(element)));
            return masked;
        }
        return value;
    }

    /** An outcome whose words are masked; its values were, before they were stored. */
    StageOutcome outcome(StageOutcome outcome) {
        if (secrets.isEmpty()) {
            return outcome;
        }
        if (outcome instanceof StageOutcome.Failed failed) {
            return new StageOutcome.Failed(
                    text(failed.code()), text(failed.message()), failed.retryable(), failed.retryAfter());
        }
        return outcome instanceof StageOutcome.Waits waits
                ? new StageOutcome.Waits(text(waits.reason()), waits.poll(), waits.deadline(), waits.memory())
                : outcome;
    }
}
