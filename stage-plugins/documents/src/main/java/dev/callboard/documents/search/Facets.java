package dev.callboard.documents.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.FixedBitSet;

/** Counts what was found, by document, media type, language and section. */
final class Facets {
    private static final int MOST = 20;

    /** What counts are called, to the field that they count. */
    static final Map<String, String> FIELDS = fields();

    private static Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("documents", IndexSchema.DOC_ID);
        fields.put("media_types", IndexSchema.MEDIA_TYPE);
        fields.put("languages", IndexSchema.LANG);
        fields.put("sections", IndexSchema.SECTION_NAME);
        return Collections.unmodifiableMap(fields);
    }

    private Facets() {}

    /**
     * Counts all that was found, not only what is shown.
     *
     * @return {@code {documents: [{value, title, count}], media_types: [{value, count}], languages, sections}}, the most
     * frequent first, at most {@value #MOST} of each; a value is a document's id, a media type, a language tag, or a
     * section's
     *     title in lower case without its number
     */
    static Map<String, Object> of(IndexReader reader, FixedBitSet all, Map<String, IndexRecord> records)
            throws IOException {
        Map<String, Object> facets = new LinkedHashMap<>();
        for (Map.Entry<String, String> facet : FIELDS.entrySet()) {
            List<Map<String, Object>> counts = count(reader, all, facet.getValue());
            if (facet.getValue().equals(IndexSchema.DOC_ID)) {
                counts.forEach(entry -> title(entry, records));
            }
            facets.put(facet.getKey(), counts);
        }
        return facets;
    }

    /** What an entry has in one of the fields that are counted; nothing when it has nothing. */
    static Optional<String> value(IndexReader reader, int entry, String field) throws IOException {
        List<LeafReaderContext> leaves = reader.leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(entry, leaves));
        SortedDocValues values = DocValues.getSorted(leaf.reader(), field);
        return values.advanceExact(entry - leaf.docBase)
                ? Optional.of(values.lookupOrd(values.ordValue()).utf8ToString())
                : Optional.empty();
    }

    private static void title(Map<String, Object> entry, Map<String, IndexRecord> records) {
        IndexRecord record = records.get((String) entry.get("value"));
        entry.put("title", record == null ? entry.get("value") : record.title());
    }

    private static List<Map<String, Object>> count(IndexReader reader, FixedBitSet all, String field)
            throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            SortedDocValues values = DocValues.getSorted(leaf.reader(), field);
            int[] ofLeaf = new int[values.getValueCount()];
            for (int entry = values.nextDoc(); entry < leaf.reader().maxDoc(); entry = values.nextDoc()) {
                if (all.get(leaf.docBase + entry)) {
                    ofLeaf[values.ordValue()]++;
                }
            }
            for (int ord = 0; ord < ofLeaf.length; ord++) {
                if (ofLeaf[ord] > 0) {
                    counts.merge(values.lookupOrd(ord).utf8ToString(), ofLeaf[ord], Integer::sum);
                }
            }
        }
        List<Map<String, Object>> entries = new ArrayList<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .forEach(counted -> {
                    Map<String, Object> entry = new LinkedHashMap<>();
                    entry.put("value", counted.getKey());
                    entry.put("count", counted.getValue());
                    entries.add(entry);
                });
        return entries;
    }
}
