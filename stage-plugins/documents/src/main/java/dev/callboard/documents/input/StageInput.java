package dev.callboard.documents.input;

import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.Arrays;
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
     * @throws StageFailure {@code no_input} when there is none, {@code not_downloaded} when one is an address still
     */
    public static List<Payload> payloads(StageContext context, Object input) throws StageFailure {
        Found found = find(context, input);
        if (!found.addresses().isEmpty()) {
            throw Address.notDownloaded(found.addresses());
        }
        return found.payloads();
    }

    /** Where payloads may be, the nearest first. */
    private static List<Object> places(StageContext context, Object input) {
        Map<String, Object> state = context.state();
        return Arrays.asList(input, state.get("payloads"), state.get("downloaded_files"), context.inputs());
    }

    /**
     * What to work on: bytes, and addresses that nothing has fetched yet; at least one of them.
     *
     * @param payloads in order
     * @param addresses in order
     */
    public record Found(List<Payload> payloads, List<Address> addresses) {}

    /**
     * The payloads and addresses to work on.
     *
     * @throws StageFailure {@code no_input} when there is none
     */
    public static Found find(StageContext context, Object input) throws StageFailure {
        for (Object place : places(context, input)) {
            Found found = new Found(new ArrayList<>(), new ArrayList<>());
            collectPayloads(place, found);
            if (!found.payloads().isEmpty() || !found.addresses().isEmpty()) {
                return found;
            }
        }
        throw StageFailure.permanent("no_input", "The task has no input: add a file or a text to it.");
    }

    /**
     * The documents to work on, in order: those in the input, else those that it gives by the bytes they are stored as
     * ({@code {blob: sha256}}), else those in the task's state, there also in one of the two ways.
     *
     * @return at least one
     * @throws StageFailure {@code no_document} when there is none
     */
    public static List<GivenDocument> documents(StageContext context, Object input) throws StageFailure {
        for (Object place : Arrays.asList(input, context.state().get("document"))) {
            List<Map<?, ?>> found = new ArrayList<>();
            collectDocuments(place, found);
            if (!found.isEmpty()) {
                return found.stream()
                        .map(document -> GivenDocument.inline(context, document))
                        .toList();
            }
            collectReferences(place, found);
            if (!found.isEmpty()) {
                return found.stream()
                        .map(reference -> GivenDocument.stored(context, reference))
                        .toList();
            }
        }
        throw StageFailure.permanent(
                "no_document", "There is no document to work on: the stage parse must have run before.");
    }

    static void collectReferences(Object value, List<Map<?, ?>> found) {
        if (value instanceof List<?> list) {
            list.forEach(element -> collectReferences(element, found));
        } else if (value instanceof Map<?, ?> map) {
            if (DocumentReference.isReference(map)) {
                found.add(map);
            } else if (!Payload.isPayload(map)) {
                map.values().stream()
                        .filter(element -> element instanceof List<?>
                                || (element instanceof Map<?, ?> inner && DocumentReference.isReference(inner)))
                        .forEach(element -> collectReferences(element, found));
            }
        }
    }

    /** Lists are walked; a map that is no payload is taken for outputs of several stages by name. */
    private static void collectPayloads(Object value, Found found) {
        if (value instanceof List<?> list) {
            list.forEach(element -> collectPayloads(element, found));
        } else if (value instanceof Map<?, ?> map) {
            if (Payload.isPayload(map)) {
                found.payloads().add(Payload.from(map));
            } else if (Address.isAddress(map)) {
                found.addresses().add(Address.from(map));
            } else if (!isDocument(map)) {
                map.values().stream()
                        .filter(element -> element instanceof List<?>
                                || (element instanceof Map<?, ?> inner
                                        && (Payload.isPayload(inner)
                                                || Address.isAddress(inner)
                                                || inner.get("files") instanceof List<?>)))
                        .forEach(element -> collectPayloads(element, found));
            }
        }
    }

    static void collectDocuments(Object value, List<Map<?, ?>> found) {
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
    static boolean isDocument(Map<?, ?> map) {
        return map.containsKey("blocks") || (map.containsKey("doc_id") && map.containsKey("sections"));
    }
}
