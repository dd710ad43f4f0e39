package dev.callboard.documents.input;

import dev.callboard.spi.StageContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The documents for a stage whose input is something made of them, such as chunks or an index's receipt.
 */
public final class DocumentsBeside {
    private DocumentsBeside() {}

    /**
     * The documents: those in the input, else in the state, there also stored, else those that the input gives as stored.
     *
     * @return in order, possibly none
     */
    public static List<GivenDocument> documents(StageContext context, Object input) {
        Object state = context.state().get("document");
        List<Map<?, ?>> found = new ArrayList<>();
        for (Object place : Arrays.asList(input, state)) {
            StageInput.collectDocuments(place, found);
            if (!found.isEmpty()) {
                return found.stream()
                        .map(document -> GivenDocument.inline(context, document))
                        .toList();
            }
        }
        for (Object place : Arrays.asList(state, input)) {
            StageInput.collectReferences(place, found);
            if (!found.isEmpty()) {
                break;
            }
        }
        return found.stream()
                .map(reference -> GivenDocument.stored(context, reference))
                .toList();
    }
}
