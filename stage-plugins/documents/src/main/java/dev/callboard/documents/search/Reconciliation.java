package dev.callboard.documents.search;

import dev.callboard.documents.search.IndexPart.UnreadablePart;
import dev.callboard.spi.Library;
import dev.callboard.spi.StageContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.store.Directory;

/**
 * Makes the index what the library's parts {@code index} say, for the one who has the {@link WriteLock}. Documents are
 * written one by one and seen together, by one commit at the end. An index that begins from nothing is committed in pieces
 * instead, so that one that is large is ready some time even when its processes end early; nobody answers from it until it is
 * whole.
 */
final class Reconciliation {
    /** Chunks between two commits of an index that begins from nothing: 2 to 3 s of work. */
    private static final int PIECE = 2_000;

    private final StageContext context;
    private final Path folder;
    private final long until;

    /**
     * One for each time.
     *
     * @param lock on the index, held by the caller
     * @param until what {@link System#nanoTime} says when it has to stop between two documents; what is done until then stays
     */
    Reconciliation(StageContext context, WriteLock lock, long until) {
        this.context = context;
        this.folder = lock.folder();
        this.until = until;
    }

    /**
     * Does it. A damaged index is made again.
     *
     * @return false when the time did not suffice for all
     * @throws InterruptedIOException when the execution was cancelled
     */
    boolean run() throws IOException {
        try {
            return runOnce();
        } catch (IndexFailure failure) {
            Interruption.rethrow(failure);
            OpenIndexes.forget(folder);
            if (repaired()) {
                return runOnce();
            }
            throw failure;
        }
    }

    /** Whether something was wrong with the index's files, and is not any more. */
    private boolean repaired() throws IOException {
        try (Directory directory = IndexFiles.open(folder)) {
            Optional<String> before = IndexFiles.lastCommit(directory);
            return !IndexFiles.repair(directory) && before.isPresent();
        }
    }

    private boolean runOnce() throws IOException {
        Optional<OpenIndex> open = openOrBeginAgain();
        try {
            // Before the parts: what changes in between is then seen as a change.
            long revision = context.library().revision();
            List<Library.Part> parts = context.library().parts(IndexPart.NAME);
            Map<String, IndexRecord> records = open.map(OpenIndex::records).orElse(Map.of());
            Difference difference = Difference.of(parts, records);
            if (open.isPresent() && open.get().isWhole() && difference.isEmpty()) {
                return true;
            }
            return write(open, difference, revision);
        } finally {
            if (open.isPresent()) {
                open.get().release();
            }
        }
    }

    /** The index; empty when there is none, or none any more because it could not be opened. */
    private Optional<OpenIndex> openOrBeginAgain() throws IOException {
        try {
            return OpenIndexes.hold(folder);
        } catch (IOException | RuntimeException e) {
            Interruption.rethrow(e);
        }
        OpenIndexes.forget(folder);
        try (Directory directory = IndexFiles.open(folder)) {
            if (IndexFiles.repair(directory)) {
                try {
                    return OpenIndexes.hold(folder);
                } catch (IOException | RuntimeException e) {
                    Interruption.rethrow(e);
                    context.log("The search index cannot be read (" + e + ").");
                    IndexFiles.deleteAll(directory);
                }
            }
        }
        context.log("The search index was damaged or of another version: it is made again from the library.");
        return Optional.empty();
    }

    private boolean write(Optional<OpenIndex> open, Difference difference, long revision) throws IOException {
        boolean pieces = open.isEmpty() || !open.get().isWhole();
        try (IndexUpdate update = IndexUpdate.begin(folder, open.map(OpenIndex::build))) {
            for (String docId : difference.gone()) {
                update.remove(docId);
            }
            int done = 0;
            int unreadable = 0;
            int committed = 0;
            for (Library.Part part : difference.missing()) {
                if (System.nanoTime() >= until) {
                    update.finish(!pieces, OpenIndex.UNKNOWN);
                    return false;
                }
                context.progress(done, difference.missing().size(), "indexing " + part.docId());
                if (!put(update, part)) {
                    unreadable++;
                }
                done++;
                if (pieces
                        && update.chunks() - committed >= PIECE
                        && done < difference.missing().size()) {
                    update.commitPiece();
                    committed = update.chunks();
                }
            }
            context.progress(done, done, "writing the index");
            update.finish(true, unreadable == 0 ? revision : OpenIndex.UNKNOWN);
            return true;
        }
    }

    /** Whether the document could be read. One that cannot is not in the index at all. */
    private boolean put(IndexUpdate update, Library.Part part) throws IOException {
        update.remove(part.docId());
        try (InputStream in = context.blobs().open(part.blob())) {
            update.add(in, part, this::stopIfCancelled);
            return true;
        } catch (UnreadablePart | FileNotFoundException e) {
            update.remove(part.docId());
            context.log("The document " + part.docId() + " cannot be indexed, run it again: " + e.getMessage() + ".");
            return false;
        }
    }

    private void stopIfCancelled() throws InterruptedIOException {
        if (context.cancelled()) {
            throw new InterruptedIOException("cancelled");
        }
    }
}
