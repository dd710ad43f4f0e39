package dev.callboard.documents.search;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/**
 * The index's fields. Each chunk is an entry, and each document one more, its record, which no question finds; {@link
 * #DOC_ID} is in all of them.
 */
final class IndexSchema {
    /** Counts up whenever fields or {@link TextAnalysis} change: an index of another format is made again. */
    static final int FORMAT = 2;

    static final String DOC_ID = "doc_id";
    static final String CHUNK_ID = "chunk_id";
    static final String TEXT = "text";
    static final String TITLE = "title";
    static final String SECTION_TITLE = "section_title";
    static final String IDENTIFIERS = "identifiers";
    static final String SECTION = "section";
    static final String START = "start";
    static final String END = "end";

    /** What results are counted and filtered by ({@link Facets}), beside {@link #DOC_ID}. */
    static final String MEDIA_TYPE = "media_type";

    static final String LANG = "lang";
    static final String SECTION_NAME = "section_name";

    /** The id of the document whose record it is. */
    static final String RECORD = "record";

    static final String BLOB = "blob";
    static final String SHOWN_TITLE = "shown_title";
    static final String CHUNKS = "chunks";
    static final String VECTORS = "vectors";
    static final String MODEL = "model";
    static final String MODEL_SHA256 = "model_sha256";
    static final String DIMENSIONS = "dimensions";

    /** {@code 2.1 Methods:} is {@code methods}. */
    private static final Pattern NUMBERING = Pattern.compile("^(?:\\d+(?:\\.\\d+)*\\.?|[IVX]+\\.)\\s+|[\\s:.]+$");

    private static final int LONGEST_NAME = 80;

    private IndexSchema() {}

    /**
     * The entry of a chunk.
     *
     * @param first whether it is the document's first: a question for the document's identifier finds that one
     */
    static Document chunk(IndexedDocument document, IndexedChunk chunk, boolean first) {
        Document entry = new Document();
        belongsTo(entry, document);
        entry.add(new SortedDocValuesField(CHUNK_ID, new BytesRef(chunk.id())));
        entry.add(new TextField(TEXT, chunk.text(), Field.Store.YES));
        entry.add(new TextField(TITLE, document.title(), Field.Store.NO));
        entry.add(new TextField(SECTION_TITLE, chunk.sectionTitle(), Field.Store.YES));
        if (first) {
            document.identifiers().forEach(id -> entry.add(new TextField(IDENTIFIERS, id, Field.Store.NO)));
        }
        entry.add(new StoredField(SECTION, chunk.section()));
        entry.add(new StoredField(START, chunk.start()));
        entry.add(new StoredField(END, chunk.end()));
        count(entry, MEDIA_TYPE, document.mediaType());
        count(entry, LANG, document.lang());
        count(entry, SECTION_NAME, name(chunk.sectionTitle()));
        if (chunk.hasVector()) {
            entry.add(new KnnFloatVectorField(
                    document.model().orElseThrow().field(), chunk.vector(), VectorSimilarityFunction.DOT_PRODUCT));
        }
        return entry;
    }

    private static void belongsTo(Document entry, IndexedDocument document) {
        entry.add(new StringField(DOC_ID, document.docId(), Field.Store.NO));
        entry.add(new SortedDocValuesField(DOC_ID, new BytesRef(document.docId())));
    }

    private static void count(Document entry, String field, String value) {
        if (!value.isEmpty()) {
            entry.add(new StringField(field, cut(value), Field.Store.NO));
            entry.add(new SortedDocValuesField(field, new BytesRef(cut(value))));
        }
    }

    /** A section's title without its number and case: the same in many documents. */
    static String name(String sectionTitle) {
        return NUMBERING.matcher(sectionTitle.strip()).replaceAll("").toLowerCase(Locale.ROOT);
    }

    private static String cut(String value) {
        return value.codePointCount(0, value.length()) <= LONGEST_NAME
                ? value
                : value.substring(0, value.offsetByCodePoints(0, LONGEST_NAME)) + "…";
    }

    /**
     * The record of a document.
     *
     * @param blob of the library's part that it was made from
     */
    static Document record(IndexedDocument document, String blob, int chunks, int vectors) {
        Document entry = new Document();
        belongsTo(entry, document);
        entry.add(new StringField(RECORD, document.docId(), Field.Store.YES));
        entry.add(new StoredField(BLOB, blob));
        entry.add(new StoredField(SHOWN_TITLE, document.shownTitle()));
        entry.add(new StoredField(CHUNKS, chunks));
        entry.add(new StoredField(VECTORS, vectors));
        document.model().ifPresent(model -> {
            entry.add(new StoredField(MODEL, model.name()));
            entry.add(new StoredField(MODEL_SHA256, model.sha256()));
            entry.add(new StoredField(DIMENSIONS, model.dimensions()));
        });
        return entry;
    }
}
