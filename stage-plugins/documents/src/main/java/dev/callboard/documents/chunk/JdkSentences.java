package dev.callboard.documents.chunk;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sentences by the JDK's {@link BreakIterator}: any language, no model, less good at abbreviations. */
final class JdkSentences implements SentenceSplitter {
    private final BreakIterator iterator;

    JdkSentences(Locale locale) {
        this.iterator = BreakIterator.getSentenceInstance(locale);
    }

    @Override
    public List<Span> split(String text) {
        List<Span> sentences = new ArrayList<>();
        iterator.setText(text);
        int start = iterator.first();
        for (int end = iterator.next(); end != BreakIterator.DONE; end = iterator.next()) {
            SentenceSplitter.addTrimmed(sentences, text, start, end);
            start = end;
        }
        return sentences;
    }
}
