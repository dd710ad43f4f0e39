package dev.callboard.documents.search;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * What the index has of a document.
 *
 * @param blob of the library's part that it was made from
 * @param title to show
 * @param chunks how many
 * @param vectors how many of them have one
 * @param model what made the vectors; empty when there are none
 */
record IndexRecord(String blob, String title, int chunks, int vectors, Optional<VectorModel> model) {
    /** All of an index, by document id. */
    static Map<String, IndexRecord> all(DirectoryReader reader) throws IOException {
        Map<String, IndexRecord> records = new TreeMap<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            collect(leaf.reader(), records);
        }
        return new LinkedHashMap<>(records);
    }

    private static void collect(LeafReader leaf, Map<String, IndexRecord> records) throws IOException {
        Terms terms = leaf.terms(IndexSchema.RECORD);
        if (terms == null) {
            return;
        }
        StoredFields stored = leaf.storedFields();
        TermsEnum each = terms.iterator();
        PostingsEnum postings = null;
        while (each.next() != null) {
            postings = each.postings(postings, PostingsEnum.NONE);
            for (int entry = postings.nextDoc(); entry != DocIdSetIterator.NO_MORE_DOCS; entry = postings.nextDoc()) {
                if (leaf.getLiveDocs() == null || leaf.getLiveDocs().get(entry)) {
                    Document document = stored.document(entry);
                    records.put(document.get(IndexSchema.RECORD), of(document));
                }
            }
        }
    }

    private static IndexRecord of(Document document) {
        String model = document.get(IndexSchema.MODEL);
        return new IndexRecord(
                document.get(IndexSchema.BLOB),
                document.get(IndexSchema.SHOWN_TITLE),
                number(document, IndexSchema.CHUNKS),
                number(document, IndexSchema.VECTORS),
                model == null
                        ? Optional.empty()
                        : Optional.of(new VectorModel(
                                model,
                                document.get(IndexSchema.MODEL_SHA256),
                                number(document, IndexSchema.DIMENSIONS))));
    }

    private static int number(Document document, String field) {
        return document.getField(field).numericValue().intValue();
    }
}
