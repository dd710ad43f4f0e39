package dev.callboard.documents.chunk;

import java.util.List;
import java.util.Locale;

/** Sentences for the stages that follow, divided by the rules by which chunks are. Not safe for several threads. */
public final class Sentences {
    private final SentenceSplitter splitter;

    /**
     * Sentences of a language.
     *
     * @param lang a BCP 47 tag; {@code und} and the empty one are taken for English
     */
    public Sentences(String lang) {
        Locale locale = Locale.forLanguageTag(lang);
        boolean english = locale.getLanguage().isEmpty() || locale.getLanguage().equals("en");
        this.splitter = new SentenceEnds(english ? new OpenNlpSentences() : new JdkSentences(locale));
    }

    /**
     * Where a sentence stands, in UTF-16 offsets.
     *
     * @param start of its first character
     * @param end after its last
     */
    public record Sentence(int start, int end) {}

    /** The sentences of a text, in order. */
    public List<Sentence> of(String text) {
        return splitter.split(text).stream()
                .map(span -> new Sentence(span.start(), span.end()))
                .toList();
    }
}
