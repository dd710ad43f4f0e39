package dev.callboard.documents.search;

import dev.callboard.spi.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an index lacks to be what the library says.
 *
 * @param gone documents that the index has and the library no longer
 * @param missing the parts that are not in the index, or not as they are now
 * @param outdated those of the missing documents that the index has as they were
 */
record Difference(Set<String> gone, List<Library.Part> missing, Set<String> outdated) {
    /** They are the same. */
    static final Difference NONE = new Difference(Set.of(), List.of(), Set.of());

    /**
     * Compares. A part without a blob has nothing to index and counts as none.
     *
     * @param parts all parts {@code index} of the library
     * @param records all documents of the index
     */
    static Difference of(List<Library.Part> parts, Map<String, IndexRecord> records) {
        Set<String> gone = new TreeSet<>(records.keySet());
        List<Library.Part> missing = new ArrayList<>();
        Set<String> outdated = new TreeSet<>();
        for (Library.Part part : parts) {
            if (part.blob() == null) {
                continue;
            }
            gone.remove(part.docId());
            IndexRecord record = records.get(part.docId());
            if (record == null || !record.blob().equals(part.blob())) {
                missing.add(part);
                if (record != null) {
                    outdated.add(part.docId());
                }
            }
        }
        return new Difference(gone, missing, outdated);
    }

    boolean isEmpty() {
        return gone.isEmpty() && missing.isEmpty();
    }

    /** The documents of the index that nobody must find. */
    Set<String> hidden() {
        Set<String> hidden = new TreeSet<>(gone);
        hidden.addAll(outdated);
        return hidden;
    }
}
