package dev.callboard.documents.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a source's text is not in the document, and why: {@code [{where, reason, chars}]}, one entry for each place and
 * reason, with the characters of all texts there.
 */
final class LeftOut {
    private static final int MOST_PLACES = 200;

    private record Key(String where, String reason) {}

    private final Map<Key, Long> chars = new LinkedHashMap<>();

    void add(String where, String reason, long characters) {
        Key key = new Key(where, reason);
        boolean full = chars.size() >= MOST_PLACES && !chars.containsKey(key);
        if (characters > 0) {
            chars.merge(full ? new Key("elsewhere", reason) : key, characters, Long::sum);
        }
    }

    /** A part without characters that could be counted: its {@code chars} are 0. */
    void addUncounted(String where, String reason) {
        Key key = new Key(where, reason);
        boolean full = chars.size() >= MOST_PLACES && !chars.containsKey(key);
        chars.merge(full ? new Key("elsewhere", reason) : key, 0L, Long::sum);
    }

    long total() {
        return chars.values().stream().mapToLong(Long::longValue).sum();
    }

    List<Map<String, Object>> toList() {
        List<Map<String, Object>> list = new ArrayList<>();
        chars.forEach((key, count) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("where", key.where());
            entry.put("reason", key.reason());
            entry.put("chars", count);
            list.add(entry);
        });
        return list;
    }
}
