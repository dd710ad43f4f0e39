package dev.callboard.embed.input;

import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the chunks to embed: in the output of the previous stage, or, when that is something else, such as a gate's decision, in
 * the task's state under {@code chunks}. Of many documents the stage chunk puts out {@code {doc_id, blob, chunks}} for each, the
 * last of them the number of chunks.
 */
public final class ChunkInput {
    private final List<ChunkGroup> groups = new ArrayList<>();
    private List<Chunk> given = new ArrayList<>();

    private ChunkInput() {}

    /**
     * The chunks of all documents, in order.
     *
     * @return groups that have at least one chunk together
     * @throws StageFailure {@code no_chunks} or {@code invalid_chunks}, both permanent
     */
    public static List<ChunkGroup> find(StageContext context, Object input) throws StageFailure {
        List<ChunkGroup> groups = in(input);
        if (groups.isEmpty()) {
            groups = in(context.state().get("chunks"));
        }
        if (groups.isEmpty()) {
            throw StageFailure.permanent(
                    "no_chunks", "There are no chunks to embed: the stage chunk must have run before, and found text.");
        }
        return groups;
    }

    private static List<ChunkGroup> in(Object value) throws StageFailure {
        ChunkInput found = new ChunkInput();
        found.collect(value);
        found.closeGroup();
        return found.groups;
    }

    /** Lists are walked; a map that is no chunk is taken for outputs of several stages by name. */
    private void collect(Object value) throws StageFailure {
        if (value instanceof List<?> list) {
            for (Object element : list) {
                collect(element);
            }
        } else if (value instanceof Map<?, ?> map) {
            if (isChunk(map)) {
                given.add(Chunk.of(map.get("id"), map.get("doc_id"), map.get("text"), given.size() + 1));
            } else if (map.get("blob") instanceof String blob && map.get("chunks") instanceof Number chunks) {
                if (chunks.intValue() > 0) {
                    closeGroup();
                    groups.add(new StoredChunks(blob, chunks.intValue()));
                }
            } else {
                for (Object element : map.values()) {
                    if (element instanceof List<?> || (element instanceof Map<?, ?> inner && isChunk(inner))) {
                        collect(element);
                    }
                }
            }
        }
    }

    private void closeGroup() {
        if (!given.isEmpty()) {
            groups.add(new GivenChunks(given));
            given = new ArrayList<>();
        }
    }

    /** A document's block has an id and a text as well, but neither of these. */
    private static boolean isChunk(Map<?, ?> map) {
        return map.containsKey("text") && (map.containsKey("tokens") || map.containsKey("block_ids"));
    }
}
