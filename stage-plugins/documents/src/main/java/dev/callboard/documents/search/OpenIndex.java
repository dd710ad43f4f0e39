package dev.callboard.documents.search;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.Directory;

/** A commit of an index, open to be read: all of it is as it was then. Whoever uses it holds it meanwhile. */
final class OpenIndex {
    /** In a commit's user data: {@link IndexSchema#FORMAT}. */
    static final String FORMAT = "format";

    /** In a commit's user data: a name of its own for each index that was begun from nothing. */
    static final String BUILD = "build";

    /** In a commit's user data: whether all documents were in it that the library had. Else a rebuild has not ended. */
    static final String WHOLE = "whole";

    /** In a commit's user data: the library's revision that it was made of. */
    static final String REVISION = "revision";

    /** No revision: the documents have to be compared. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private final Directory directory;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final IndexFiles.Commit commit;
    private final Map<String, String> userData;
    private final Map<String, IndexRecord> records;
    private volatile Comparison compared;

    /**
     * How the index and the library were found to be.
     *
     * @param revision the library's
     * @param difference what the index lacks of it
     * @param settled whether that is so until the library changes; else it is worth another try
     */
    record Comparison(long revision, Difference difference, boolean settled) {}

    OpenIndex(Directory directory, DirectoryReader reader, IndexFiles.Commit commit) throws IOException {
        this.directory = directory;
        this.reader = reader;
        this.commit = commit;
        this.searcher = new IndexSearcher(reader);
        // Questions are seldom the same, and the heap is small.
        searcher.setQueryCache(null);
        this.userData = Map.copyOf(reader.getIndexCommit().getUserData());
        this.records = IndexRecord.all(reader);
        this.compared = new Comparison(isWhole() ? revision() : UNKNOWN, Difference.NONE, isWhole());
    }

    IndexSearcher searcher() {
        return searcher;
    }

    IndexFiles.Commit commit() {
        return commit;
    }

    String build() {
        return userData.getOrDefault(BUILD, "");
    }

    /** Whether it is complete but for what {@link Difference} says. */
    boolean isWhole() {
        return Boolean.parseBoolean(userData.get(WHOLE));
    }

    private long revision() {
        String revision = userData.get(REVISION);
        return revision == null ? UNKNOWN : Long.parseLong(revision);
    }

    /** Document id to what is known of it. */
    Map<String, IndexRecord> records() {
        return records;
    }

    /** How many chunks there are. */
    int chunks() {
        return records.values().stream().mapToInt(IndexRecord::chunks).sum();
    }

    /** What made its vectors, by name. More than one only where documents came from elsewhere than the stage. */
    List<VectorModel> models() {
        return records.values().stream()
                .filter(record -> record.vectors() > 0)
                .flatMap(record -> record.model().stream())
                .distinct()
                .sorted(Comparator.comparing(VectorModel::field))
                .toList();
    }

    Comparison compared() {
        return compared;
    }

    void compared(Comparison comparison) {
        compared = comparison;
    }

    /** Holds it open once more; false when it is closed already. */
    boolean hold() {
        return reader.tryIncRef();
    }

    /** Lets go of it; it is closed when nobody holds it. */
    void release() throws IOException {
        reader.decRef();
        if (reader.getRefCount() == 0) {
            directory.close();
        }
    }

    /** The files that need no check when a later commit of the same index has them too. */
    Set<String> goodFiles() {
        return new TreeSet<>(commit.files());
    }
}
