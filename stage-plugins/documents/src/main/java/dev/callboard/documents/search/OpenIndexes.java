package dev.callboard.documents.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.Directory;

/**
 * The indexes that this process has open, at most {@value #MOST}; the one that was not used for longest is closed first.
 * Another process may write at any time: a reader sees the last commit of the moment when it asks for the index.
 */
final class OpenIndexes {
    private static final int MOST = 8;
    private static final int TRIES = 10;
    private static final Map<Path, OpenIndex> OPEN = new LinkedHashMap<>(MOST, 0.75f, true);

    private OpenIndexes() {}

    /**
     * The last commit of an index, held for the caller, who releases it.
     *
     * @return empty when there is no index
     * @throws IOException when it is damaged or of another format
     */
    static Optional<OpenIndex> hold(Path folder) throws IOException {
        synchronized (OPEN) {
            Directory directory = IndexFiles.open(folder);
            try {
                Optional<String> last = IndexFiles.lastCommit(directory);
                OpenIndex open = OPEN.get(folder);
                if (open != null && last.equals(Optional.of(open.commit().key())) && open.hold()) {
                    return Optional.of(open);
                }
                if (last.isEmpty()) {
                    forget(folder);
                    return Optional.empty();
                }
                OpenIndex fresh = open(directory, Optional.ofNullable(open));
                directory = null;
                forget(folder);
                fresh.hold();
                OPEN.put(folder, fresh);
                closeOldest();
                return Optional.of(fresh);
            } finally {
                if (directory != null) {
                    directory.close();
                }
            }
        }
    }

    /** Closes an index once nobody uses it, so that its files are checked again when it is opened. */
    static void forget(Path folder) throws IOException {
        synchronized (OPEN) {
            OpenIndex open = OPEN.remove(folder);
            if (open != null) {
                open.release();
            }
        }
    }

    private static OpenIndex open(Directory directory, Optional<OpenIndex> before) throws IOException {
        for (int tries = 0; tries < TRIES; tries++) {
            Set<String> good = before.map(OpenIndex::goodFiles).orElse(Set.of());
            IndexFiles.Commit commit = IndexFiles.check(directory, good);
            DirectoryReader reader = DirectoryReader.open(directory);
            boolean whole = false;
            try {
                if (!IndexFiles.lastCommit(directory).equals(Optional.of(commit.key()))) {
                    continue;
                }
                String format = reader.getIndexCommit().getUserData().get(OpenIndex.FORMAT);
                if (!String.valueOf(IndexSchema.FORMAT).equals(format)) {
                    throw new IndexFormatTooOldException(directory.toString(), "format " + format + " of the plugin");
                }
                OpenIndex open = new OpenIndex(directory, reader, commit);
                if (before.isPresent() && !before.get().build().equals(open.build())) {
                    // Names of another index's files say nothing of these.
                    before = Optional.empty();
                    continue;
                }
                whole = true;
                return open;
            } finally {
                if (!whole) {
                    reader.close();
                }
            }
        }
        throw new IOException("the index in " + directory + " changes all the time");
    }

    private static void closeOldest() throws IOException {
        Iterator<OpenIndex> oldest = OPEN.values().iterator();
        while (OPEN.size() > MOST) {
            OpenIndex open = oldest.next();
            oldest.remove();
            open.release();
        }
    }
}
