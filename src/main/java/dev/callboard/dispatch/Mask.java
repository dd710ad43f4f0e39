package dev.callboard.dispatch;

import dev.callboard.engine.StageOutcome;
import dev.callboard.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes the secrets of a stage out of whatever it says: each becomes {@value #SHOWN}. */
final class Mask {
    /** What is shown in place of a secret. */
    static final String SHOWN = "•••";

    /** For a stage without secrets. */
    static final Mask NONE = new Mask(List.of());

    /**
     * How many characters of the beginning of a secret are masked on their own, and what follows of it: texts are cut, at
     * limits and in sentences that name the first word of something.
     */
    private static final int BEGINNING = 8;

    /** By their first characters: at most places of a text none of them begins. */
    private final Map<Character, List<String>> secrets;

    /** @param secrets the values */
    Mask(Collection<String> secrets) {
        this(secrets, List.of());
    }

    /**
     * Of a stage's secrets and of what the server itself runs it with. Of the latter those that are short stay: they are
     * placeholders for services that need none, such as {@code none}, and would make holes in any text.
     */
    Mask(Collection<String> settings, Collection<String> server) {
        Set<String> secrets = new LinkedHashSet<>(settings);
        server.stream().filter(value -> value.length() >= BEGINNING).forEach(secrets::add);
        Set<String> all = new LinkedHashSet<>();
        for (String secret : secrets) {
            add(all, secret);
            add(all, secret.strip());
            // Logs come line by line.
            secret.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= BEGINNING)
                    .forEach(line -> add(all, line));
        }
        this.secrets = all.stream()
                .filter(secret -> !secret.isBlank())
                .collect(Collectors.groupingBy(secret -> secret.charAt(0)));
    }

    /** As it is, as it stands in JSON, with letters beyond ASCII or their escapes, in addresses and in forms. */
    private static void add(Set<String> all, String secret) {
        all.add(secret);
        String json = Json.write(secret);
        String inner = json.substring(1, json.length() - 1);
        all.add(inner);
        StringBuilder ascii = new StringBuilder();
        inner.chars().forEach(c -> ascii.append(c < 128 ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        all.add(ascii.toString());
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        all.add(form);
        all.add(form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~"));
    }

    String text(String text) {
        StringBuilder masked = null;
        int done = 0;
        for (int at = 0; at < text.length() && !secrets.isEmpty(); at++) {
            int length = secretAt(text, at);
            if (length > 0) {
                masked = masked == null ? new StringBuilder(text.length()) : masked;
                masked.append(text, done, at).append(SHOWN);
                done = at + length;
                at = done - 1;
            }
        }
        return masked == null ? text : masked.append(text, done, text.length()).toString();
    }

    /** How much of a secret, or of its beginning, stands at a place; 0 for none. */
    private int secretAt(String text, int at) {
        int longest = 0;
        for (String secret : secrets.getOrDefault(text.charAt(at), List.of())) {
            int length = 0;
            while (length < secret.length()
                    && at + length < text.length()
                    && text.charAt(at + length) == secret.charAt(length)) {
                length++;
            }
            if (length >= Math.min(BEGINNING, secret.length())) {
                longest = Math.max(longest, length);
            }
        }
        return longest;
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
        if (value instanceof Number) {
            // A secret of digits that a program puts out as a number.
            String number = value.toString();
            String masked = text(number);
            return masked.equals(number) ? value : masked;
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
                ? new StageOutcome.Waits(
                        waits.kind(), text(waits.reason()), waits.poll(), waits.deadline(), waits.memory())
                : outcome;
    }
}
