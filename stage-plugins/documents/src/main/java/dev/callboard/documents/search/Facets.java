package dev.callboard.documents.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.FixedBitSet;

/** Counts what was found, by document, media type, language and section. */
final class Facets {
    private static final int MOST = 20;

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
        List<Map<String, Object>> documents = count(reader, all, IndexSchema.DOC_ID);
        for (Map<String, Object> entry : documents) {
            IndexRecord record = records.get((String) entry.get("value"));
            entry.put("title", record == null ? entry.get("value") : record.title());
        }
        Map<String, Object> facets = new LinkedHashMap<>();
        facets.put("documents", documents);
        facets.put("media_types", count(reader, all, IndexSchema.MEDIA_TYPE));
        facets.put("languages", count(reader, all, IndexSchema.LANG));
        facets.put("sections", count(reader, all, IndexSchema.SECTION_NAME));
        return facets;
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
