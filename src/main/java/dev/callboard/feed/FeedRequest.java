package dev.callboard.feed;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.problem.NearName;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of the feed.
 *
 * @param topic null when there is none, or none that is a text
 * @param since the last revision that it has, null for none
 * @param epoch the epoch of that revision, null for none
 */
record FeedRequest(Op op, @Nullable String topic, @Nullable Long since, @Nullable String epoch) {
    /** What can be asked, and what may be said with it. */
    enum Op {
        SUBSCRIBE("topic", "since", "epoch"),
        UNSUBSCRIBE("topic"),
        PING;

        private final List<String> members;

        Op(String... others) {
            List<String> all = new ArrayList<>(List.of("op"));
            all.addAll(List.of(others));
            members = List.copyOf(all);
        }

        private static Optional<Op> of(@Nullable Object word) {
            return Arrays.stream(values())
                    .filter(op -> op.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst();
        }
    }

    /** It cannot be read; what the client is told. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        private final @Nullable String topic;
        private final String code;

        private Unreadable(@Nullable String topic, String code, String detail) {
            super(detail, null, false, false);
            this.topic = topic;
            this.code = code;
        }

        /** The topic that it is about, null when it is about none. */
        @Nullable
        String topic() {
            return topic;
        }

        String code() {
            return code;
        }
    }

    /** Reads the text of a frame. */
    static FeedRequest of(String text) throws Unreadable {
        Map<?, ?> frame = object(text);
        String topic = frame.get("topic") instanceof String name ? name : null;
        Op op = Op.of(frame.get("op"))
                .orElseThrow(() -> new Unreadable(null, "unknown_op", "'op' must be subscribe, unsubscribe or ping."));
        Optional<String> unknown = frame.keySet().stream()
                .map(String::valueOf)
                .filter(name -> !op.members.contains(name))
                .findFirst();
        if (unknown.isPresent()) {
            String detail = "'" + unknown.get() + "' " + NearName.unknown(unknown.get(), op.members);
            throw new Unreadable(topic, "invalid_frame", new Violation("", detail).sentence());
        }
        Object since = frame.get("since");
        Object epoch = frame.get("epoch");
        boolean whole = since == null || since instanceof Integer || since instanceof Long;
        if (topic != null && !(whole && (epoch == null || epoch instanceof String))) {
            throw new Unreadable(topic, "invalid_frame", "'since' must be a whole number and 'epoch' a text.");
        }
        return new FeedRequest(
                op,
                topic,
                since instanceof Number number ? number.longValue() : null,
                epoch instanceof String of ? of : null);
    }

    private static Map<?, ?> object(String text) throws Unreadable {
        try {
            return Json.parse(text) instanceof Map<?, ?> map ? map : Map.of();
        } catch (JsonSyntaxException e) {
            throw new Unreadable(null, "invalid_frame", "The frame is not valid JSON: " + e.getMessage());
        }
    }
}
