package dev.callboard.documents.chunk;

import dev.callboard.documents.input.Settings;
import dev.callboard.documents.input.StageInput;
import dev.callboard.spi.Plural;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Input: a document IR or a list of them. Output: {@code [{id, doc_id, block_ids, section, start, end, text, tokens}]},
 * the chunks of all documents in order. {@code start} and {@code end} are code point offsets, {@code text} is exactly
 * that slice of the document's text, and {@code id} is the same in every run.
 *
 * <p>Settings: {@link ChunkLimits}, and {@code sentences}: {@code opennlp} (default; its model is English, so other
 * languages go by the JDK's rules) or {@code jdk}.
 *
 * <p>Failures, all permanent: {@code no_document}, {@code invalid_document}, {@code invalid_settings}.
 */
public final class ChunkStage implements Stage {
    private static final String OPENNLP = "opennlp";
    private static final String JDK = "jdk";

    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        Settings settings = new Settings(context.settings());
        ChunkLimits limits = ChunkLimits.from(settings);
        String sentences = settings.string("sentences", OPENNLP);
        if (!sentences.equals(OPENNLP) && !sentences.equals(JDK)) {
            throw Settings.invalid("sentences", OPENNLP + " or " + JDK);
        }
        List<Map<?, ?>> documents = StageInput.documents(context, input);
        List<Object> output = new ArrayList<>();
        int done = 0;
        for (Map<?, ?> element : documents) {
            context.progress(done++, documents.size(), Plural.of(output.size(), "chunk"));
            Passages document = Passages.of(element);
            Chunker chunker = new Chunker(document, limits, splitter(sentences, document.lang()));
            List<Chunk> chunks = chunker.chunks(context::cancelled);
            chunks.forEach(chunk -> output.add(chunk.toMap()));
            int largest = chunks.stream().mapToInt(Chunk::tokens).max().orElse(0);
            context.log(document.docId() + ": " + Plural.of(chunks.size(), "chunk") + ", " + Plural.of(largest, "token")
                    + " in the largest.");
        }
        context.progress(done, documents.size(), Plural.of(output.size(), "chunk"));
        return output;
    }

    /** A document that does not say its language is taken for English where a model has to be chosen. */
    private static SentenceSplitter splitter(String setting, String lang) {
        Locale locale = Locale.forLanguageTag(lang);
        boolean english = locale.getLanguage().isEmpty() || locale.getLanguage().equals("en");
        return setting.equals(OPENNLP) && english ? new OpenNlpSentences() : new JdkSentences(locale);
    }
}
