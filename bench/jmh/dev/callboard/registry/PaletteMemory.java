package dev.callboard.registry;

import dev.callboard.json.Json;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageDefinitionReader;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How much heap a registered stage takes beyond the text of its definition. Goal: at most 1,024 bytes with 100,000 stages.
 * Run with {@code -XX:+UseSerialGC}, so that what is left after a collection is what is held.
 */
public final class PaletteMemory {
    private static final int STAGES = 100_000;

    private PaletteMemory() {}

    /** Prints one line of Markdown. */
    public static void main(String[] arguments) throws InterruptedException {
        long before = held();
        long text = 0;
        List<StageDefinition> stages = new ArrayList<>(STAGES);
        for (int i = 0; i < STAGES; i++) {
            byte[] json = definition(i).getBytes(StandardCharsets.UTF_8);
            text += json.length;
            stages.add(Objects.requireNonNull(
                    StageDefinitionReader.read(parse(json), "").definition()));
        }
        PublishedPalette shown = Palettes.of(stages);
        stages.clear();
        long each = (held() - before) / STAGES;
        long own = text / STAGES;
        System.out.println("| heap for each of " + STAGES + " stages | " + each + " B, of which the definition's text "
                + own + " B: " + (each - own) + " B beyond it |");
        Reference.reachabilityFence(shown);
        System.exit(0);
    }

    private static Object parse(byte[] json) {
        try {
            return Json.parse(json);
        } catch (dev.callboard.json.JsonSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String definition(int i) {
        return "{\"id\": \"stage-" + i + "\", \"name\": \"Stage number " + i
                + "\", \"type\": \"stage\", \"description\": \"Checks part " + i
                + " of a document before it goes on.\", \"ports\": {\"inputs\": [{\"name\": \"document\", \"type\":"
                + " \"document\"}], \"outputs\": [{\"name\": \"findings\", \"type\": \"findings\"}]},"
                + " \"settings_schema\": [{\"key\": \"limit\", \"type\": \"integer\", \"label\": \"Limit\","
                + " \"default\": 10, \"min\": 0, \"max\": 100}], \"executor\": \"manual\", \"state_key\": \"part_" + i
                + "\"}";
    }

    private static long held() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
