package dev.callboard.documents.search;

import dev.callboard.spi.Library;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;

/** Writes an index. What was not committed when it is closed is as if it had never been written. */
final class IndexUpdate implements Closeable {
    /** MiB of new entries on the heap before they go to the disk. */
    private static final double BUFFER_MB = 16;

    /** Segments of about the same size that are merged into one. Fewer files, at the price of merging more often. */
    private static final double SEGMENTS_PER_TIER = 5;

    /** MiB. The graph of a segment's vectors stands on the heap while it is merged: of 200,000 chunks some 60 MB. */
    private static final double LARGEST_SEGMENT_MB = 512;

    private static final int CHUNKS_BETWEEN_CHECKS = 50;

    private final Directory directory;
    private final IndexWriter writer;
    private final String build;
    private int chunks;

    private IndexUpdate(Directory directory, IndexWriter writer, String build) {
        this.directory = directory;
        this.writer = writer;
        this.build = build;
    }

    /** Asked between chunks. */
    interface Check {
        /** Throws when the work has to end. */
        void check() throws InterruptedIOException;
    }

    /**
     * Begins.
     *
     * @param build of the index that is there; empty when it begins from nothing
     */
    static IndexUpdate begin(Path folder, Optional<String> build) throws IOException {
        Directory directory = IndexFiles.open(folder);
        try {
            TieredMergePolicy merging = new TieredMergePolicy();
            merging.setSegmentsPerTier(SEGMENTS_PER_TIER);
            merging.setMaxMergedSegmentMB(LARGEST_SEGMENT_MB);
            merging.setNoCFSRatio(1);
            IndexWriterConfig config = new IndexWriterConfig(TextAnalysis.ANALYZER)
                    .setCodec(new IndexCodec())
                    .setOpenMode(
                            build.isPresent() ? IndexWriterConfig.OpenMode.APPEND : IndexWriterConfig.OpenMode.CREATE)
                    .setRAMBufferSizeMB(BUFFER_MB)
                    .setMergePolicy(merging)
                    .setMergeScheduler(new SerialMergeScheduler());
            return new IndexUpdate(
                    directory, new IndexWriter(directory, config), build.orElseGet(() -> UUID.randomUUID()
                            .toString()));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw new IndexFailure(e);
        }
    }

    /** Removes all of a document, if there is something. */
    void remove(String docId) throws IndexFailure {
        IndexFailure.guard(() -> writer.deleteDocuments(new Term(IndexSchema.DOC_ID, docId)));
    }

    /**
     * Adds a document that is not there.
     *
     * @param in the part's blob
     * @param check asked every {@value #CHUNKS_BETWEEN_CHECKS} chunks
     */
    void add(InputStream in, Library.Part part, Check check) throws IOException {
        Entries entries = new Entries(part.docId(), check);
        IndexPart.read(in, entries);
        write(IndexSchema.record(entries.document, part.blob(), entries.chunks, entries.vectors));
        chunks += entries.chunks;
    }

    private void write(Document entry) throws IndexFailure {
        IndexFailure.guard(() -> writer.addDocument(entry));
    }

    /** How many chunks were added. */
    int chunks() {
        return chunks;
    }

    /** Commits what is there of an index that is not whole yet. */
    void commitPiece() throws IndexFailure {
        userData(false, OpenIndex.UNKNOWN);
        IndexFailure.guard(writer::commit);
    }

    /**
     * Merges, commits and closes.
     *
     * @param whole see {@link OpenIndex#WHOLE}
     * @param revision see {@link OpenIndex#REVISION}
     */
    void finish(boolean whole, long revision) throws IndexFailure {
        userData(whole, revision);
        IndexFailure.guard(writer::close);
    }

    private void userData(boolean whole, long revision) {
        writer.setLiveCommitData(Map.of(
                        OpenIndex.FORMAT, String.valueOf(IndexSchema.FORMAT),
                        OpenIndex.BUILD, build,
                        OpenIndex.WHOLE, String.valueOf(whole),
                        OpenIndex.REVISION, String.valueOf(revision))
                .entrySet());
    }

    @Override
    public void close() throws IOException {
        try {
            IndexFailure.guard(writer::rollback);
        } finally {
            directory.close();
        }
    }

    /** Turns what is in a part into entries. */
    private final class Entries implements IndexPart.Reader {
        private final String docId;
        private final Check check;
        private IndexedDocument document;
        private int chunks;
        private int vectors;

        Entries(String docId, Check check) {
            this.docId = docId;
            this.check = check;
        }

        @Override
        public void document(IndexedDocument read) throws IOException {
            if (!read.docId().equals(docId)) {
                throw new IndexPart.UnreadablePart("the part is of the document " + read.docId(), null);
            }
            document = read;
        }

        @Override
        public void take(IndexedChunk chunk) throws IOException {
            if (chunks % CHUNKS_BETWEEN_CHECKS == 0) {
                check.check();
            }
            write(IndexSchema.chunk(document, chunk, chunks == 0));
            chunks++;
            vectors += chunk.hasVector() ? 1 : 0;
        }
    }
}
