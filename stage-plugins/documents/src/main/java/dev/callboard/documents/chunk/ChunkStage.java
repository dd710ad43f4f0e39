package dev.callboard.documents.chunk;

import dev.callboard.documents.input.GivenDocument;
import dev.callboard.documents.input.Settings;
import dev.callboard.documents.input.StageInput;
import dev.callboard.documents.input.StoredJson;
import dev.callboard.documents.library.LibraryParts;
import dev.callboard.spi.Plural;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Input: a document IR or a list of them, also as references to where they are stored, which are read one by one. Output:
 * {@code [{id, doc_id, block_ids, section, start, end, text, tokens}]}, the chunks of all documents in order; of many documents
 * references, one for each ({@link ChunkOutput}). {@code start} and {@code end} are code point offsets, {@code text} is exactly
 * that slice of the document's text, and {@code id} is the same in every run. Keeps the part {@code chunks} of each document in the
 * library.
 *
 * <p>Settings: {@link ChunkLimits}, and {@code sentences}: {@code opennlp} (default; its model is English, so other
 * languages go by the JDK's rules) or {@code jdk}.
 *
 * <p>Failures, all permanent: {@code no_document}, {@code invalid_document}, {@code invalid_settings}, {@code missing_blob}.
 */
public final class ChunkStage implements Stage {
    private static final String OPENNLP = "opennlp";
    private static final String JDK = "jdk";
    private static final long PARTS = 1000;

    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        Settings settings = new Settings(context.settings());
        ChunkLimits limits = ChunkLimits.from(settings);
        String sentences = settings.string("sentences", OPENNLP);
        if (!sentences.equals(OPENNLP) && !sentences.equals(JDK)) {
            throw Settings.invalid("sentences", OPENNLP + " or " + JDK);
        }
        List<GivenDocument> documents = StageInput.documents(context, input);
        ChunkOutput output = new ChunkOutput();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < documents.size(); i++) {
            String name = documents.get(i).shownName();
            Passages document = Passages.of(documents.get(i).read());
            if (!seen.add(document.key())) {
                context.log(document.docId() + " is there twice and is taken once.");
                continue;
            }
            Chunker chunker = new Chunker(document, limits, splitter(sentences, document.locale()));
            Chunker.Progress progress = documents.size() == 1
                    ? inDocument(context, document.text().length())
                    : inTask(context, name, i, documents.size(), output.count());
            List<Chunk> chunks = chunker.chunks(progress);
            List<Map<String, Object>> maps = chunks.stream().map(Chunk::toMap).toList();
            StoredJson stored = StoredJson.of(context.blobs(), maps);
            LibraryParts.putChunks(context.library(), document.docId(), maps.size(), stored);
            output.add(document, maps, stored);
            int largest = chunks.stream().mapToInt(Chunk::tokens).max().orElse(0);
            context.log(document.docId() + ": " + Plural.of(chunks.size(), "chunk") + ", " + Plural.of(largest, "token")
                    + " in the largest.");
        }
        long all = documents.size() == 1 ? PARTS : documents.size();
        context.progress(all, all, Plural.of(output.count(), "chunk"));
        return output.chunks();
    }

    /** How many chunks an output of this stage has. */
    public static long count(Object output) {
        return ChunkOutput.countOf(output);
    }

    /** Of one document alone in thousandths of its text. */
    private static Chunker.Progress inDocument(StageContext context, int length) {
        return (read, chunks) -> {
            checkCancelled(context);
            context.progress(PARTS * read / Math.max(1, length), PARTS, Plural.of(chunks, "chunk"));
        };
    }

    /** Of several in documents; the chunks of all so far are in the words. */
    private static Chunker.Progress inTask(
            StageContext context, String name, int before, int documents, long chunksBefore) {
        return (read, chunks) -> {
            checkCancelled(context);
            context.progress(before, documents, name + ", " + Plural.of(chunksBefore + chunks, "chunk"));
        };
    }

    private static void checkCancelled(StageContext context) throws InterruptedException {
        if (context.cancelled()) {
            throw new InterruptedException("cancelled");
        }
    }

    /** A document that does not say its language is taken for English where a model has to be chosen. */
    private static SentenceSplitter splitter(String setting, Locale locale) {
        boolean english = locale.getLanguage().isEmpty() || locale.getLanguage().equals("en");
        return new SentenceEnds(setting.equals(OPENNLP) && english ? new OpenNlpSentences() : new JdkSentences(locale));
    }
}
