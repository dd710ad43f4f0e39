package dev.callboard.documents.chunk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import opennlp.tools.sentdetect.SentenceDetectorME;
import opennlp.tools.sentdetect.SentenceModel;

/** English sentences by OpenNLP's model, which is in this plugin's jar. */
final class OpenNlpSentences implements SentenceSplitter {
    private static final String MODEL = "/opennlp-en-ud-ewt-sentence-1.3-2.5.4.bin";

    private static final int LONGEST_WORD = 2000;

    private final SentenceDetectorME detector = new SentenceDetectorME(Loaded.MODEL_INSTANCE);

    /** Loaded on first use (some 50 ms), shared from then on: a model never changes, a detector does. */
    private static final class Loaded {
        private static final SentenceModel MODEL_INSTANCE = load();

        private static SentenceModel load() {
            try (InputStream in = OpenNlpSentences.class.getResourceAsStream(MODEL)) {
                if (in == null) {
                    throw new FileNotFoundException("this plugin's jar lacks " + MODEL);
                }
                return new SentenceModel(in);
            } catch (IOException e) {
                throw new UncheckedIOException("the sentence model in this plugin's jar cannot be read", e);
            }
        }
    }

    @Override
    public List<Span> split(String text) {
        if (hasEndlessWord(text)) {
            return new JdkSentences(Locale.ENGLISH).split(text);
        }
        List<Span> sentences = new ArrayList<>();
        int start = 0;
        // The detector trims its spans; cutting at their starts leaves no character out.
        for (opennlp.tools.util.Span span : detector.sentPosDetect(text)) {
            if (span.getStart() > start) {
                SentenceSplitter.addTrimmed(sentences, text, start, span.getStart());
                start = span.getStart();
            }
        }
        SentenceSplitter.addTrimmed(sentences, text, start, text.length());
        return sentences;
    }

    /** The detector looks at the whole word around each full stop: its time is the square of a word's length. */
    private static boolean hasEndlessWord(String text) {
        int length = 0;
        for (int i = 0; i < text.length() && length <= LONGEST_WORD; i++) {
            length = Character.isWhitespace(text.charAt(i)) ? 0 : length + 1;
        }
        return length > LONGEST_WORD;
    }
}
