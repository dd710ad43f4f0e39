package dev.callboard.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** A client's copy of the palette, made of nothing but frames; it fails when one is missing, repeated or out of order. */
public final class PaletteMirror {
    private final Map<String, JsonNode> entries = new TreeMap<>();
    private long revision = -1;
    private String epoch = "";
    private int snapshots;

    /** Takes a frame in. */
    public void apply(JsonNode frame) {
        switch (frame.path("kind").asText()) {
            case "snapshot" -> snapshot(frame);
            case "added", "updated", "removed" -> change(frame);
            default -> throw new AssertionError("unexpected frame " + frame);
        }
    }

    private void snapshot(JsonNode frame) {
        snapshots++;
        if (epoch.equals(frame.path("epoch").asText()) && frame.path("revision").asLong() < revision) {
            throw new AssertionError("a snapshot went back from " + revision + ": " + frame.path("revision"));
        }
        entries.clear();
        entries.putAll(entriesOf(frame.path("data")));
        revision = frame.path("revision").asLong();
        epoch = frame.path("epoch").asText();
    }

    private void change(JsonNode frame) {
        if (frame.path("revision").asLong() != revision + 1) {
            throw new AssertionError("at revision " + revision + " came " + frame);
        }
        revision++;
        JsonNode stage = frame.path("stage");
        String id = stage.path("id").asText();
        boolean known = entries.containsKey(id);
        if (known == frame.path("kind").asText().equals("added")) {
            throw new AssertionError("the entry is " + (known ? "" : "not ") + "there: " + frame);
        }
        if (frame.path("kind").asText().equals("removed")) {
            entries.remove(id);
        } else {
            entries.put(id, stage);
        }
    }

    /** All entries of a palette by id. */
    public static Map<String, JsonNode> entriesOf(JsonNode palette) {
        Map<String, JsonNode> all = new TreeMap<>();
        for (String group : new String[] {"sources", "stages", "sinks"}) {
            palette.path(group).forEach(entry -> all.put(entry.path("id").asText(), entry));
        }
        return all;
    }

    /** The entries by id. */
    public Map<String, JsonNode> entries() {
        return entries;
    }

    /** The revision that the copy is at, -1 before the first frame. */
    public long revision() {
        return revision;
    }

    /** The epoch of that revision. */
    public String epoch() {
        return epoch;
    }

    /** How many snapshots came. */
    public int snapshots() {
        return snapshots;
    }
}
