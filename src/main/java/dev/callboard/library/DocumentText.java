package dev.callboard.library;

import dev.callboard.store.CaseFolding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text in which a list of documents looks for what somebody types: the document's id and all texts among the facts of a part,
 * at any depth, as {@link CaseFolding} folds them, a line each. Names of facts are not in it, nor numbers and verdicts: {@code 1}
 * and {@code true} would find every document.
 */
final class DocumentText {
    /** Counts up whenever the text of the same facts changes: those of another version are made again at the next start. */
    static final int VERSION = 1;

    private DocumentText() {}

    /** The text of a part. */
    static String of(String docId, Map<String, ? extends @Nullable Object> facts) {
        List<String> texts = new ArrayList<>(List.of(docId));
        collect(facts, texts);
        // No database keeps a NUL, which a fact may have in its JSON.
        return CaseFolding.fold(String.join("\n", texts)).replace('\0', ' ');
    }

    private static void collect(@Nullable Object value, List<String> texts) {
        if (value instanceof String text) {
            texts.add(text);
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(each -> collect(each, texts));
        } else if (value instanceof List<?> list) {
            list.forEach(each -> collect(each, texts));
        }
    }
}
