package dev.callboard.documents.input;

import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds what a stage works on. The previous selected stage's output comes first; when it is something else, for
 * instance a gate's decision, the task's state has it; and for payloads the task's own input is the last resort.
 */
public final class StageInput {
    private StageInput() {}

    /**
     * The payloads to work on, in order.
     *
     * @return at least one
     * @throws StageFailure {@code no_input} when there is none; {@code not_downloaded} when the task's input has addresses
     *     that nothing fetched
     */
    public static List<Payload> payloads(StageContext context, Object input) throws StageFailure {
        List<Payload> found = new ArrayList<>();
        collectPayloads(input, found);
        if (found.isEmpty()) {
            collectPayloads(context.state().get("payloads"), found);
        }
        if (found.isEmpty()) {
            collectPayloads(context.state().get("downloaded_files"), found);
        }
        if (found.isEmpty() || input instanceof List<?> list && list.equals(context.inputs())) {
            requireFetched(context.inputs());
        }
        if (found.isEmpty()) {
            collectPayloads(context.inputs(), found);
        }
        if (found.isEmpty()) {
            throw StageFailure.permanent("no_input", "The task has no input: add a file or a text to it.");
        }
        return found;
    }

    /**
     * The documents to work on, in order.
     *
     * @return at least one map
     * @throws StageFailure {@code no_document} when there is none
     */
    public static List<Map<?, ?>> documents(StageContext context, Object input) throws StageFailure {
        List<Map<?, ?>> found = new ArrayList<>();
        collectDocuments(input, found);
        if (found.isEmpty()) {
            collectDocuments(context.state().get("document"), found);
        }
        if (found.isEmpty()) {
            throw StageFailure.permanent(
                    "no_document", "There is no document to work on: the stage parse must have run before.");
        }
        return found;
    }

    private static void requireFetched(List<Map<String, Object>> inputs) throws StageFailure {
        for (Map<String, Object> item : inputs) {
            if (item.get("url") instanceof String && !Payload.isPayload(item)) {
                throw StageFailure.permanent(
                        "not_downloaded",
                        "The task's input has an address, which this stage does not fetch: put the stage download before"
                                + " it.");
            }
        }
    }

    /** Lists are walked; a map that is no payload is taken for outputs of several stages by name. */
    private static void collectPayloads(Object value, List<Payload> found) {
        if (value instanceof List<?> list) {
            list.forEach(element -> collectPayloads(element, found));
        } else if (value instanceof Map<?, ?> map) {
            if (Payload.isPayload(map)) {
                found.add(Payload.from(map));
            } else if (!isDocument(map)) {
                map.values().stream()
                        .filter(element -> element instanceof List<?>
                                || (element instanceof Map<?, ?> inner
                                        && (Payload.isPayload(inner) || inner.get("files") instanceof List<?>)))
                        .forEach(element -> collectPayloads(element, found));
            }
        }
    }

    private static void collectDocuments(Object value, List<Map<?, ?>> found) {
        if (value instanceof List<?> list) {
            list.forEach(element -> collectDocuments(element, found));
        } else if (value instanceof Map<?, ?> map) {
            if (isDocument(map)) {
                found.add(map);
            } else {
                map.values().stream()
                        .filter(element ->
                                element instanceof List<?> || (element instanceof Map<?, ?> inner && isDocument(inner)))
                        .forEach(element -> collectDocuments(element, found));
            }
        }
    }

    /** Generous on purpose: what is missing in a document is for ir-validation to say. */
    private static boolean isDocument(Map<?, ?> map) {
        return map.containsKey("blocks") || (map.containsKey("doc_id") && map.containsKey("sections"));
    }
}
