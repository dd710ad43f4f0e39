package dev.callboard.documents.chunk;

import dev.callboard.documents.chunk.Passages.Passage;
import java.util.ArrayList;
import java.util.List;

/**
 * The smallest pieces that chunks are made of: sentences of running text, lines of tables and code, and, where one of
 * these is over the budget alone, parts of it cut at word borders; a single word over the budget is cut anywhere but
 * inside a character.
 */
final class Units {
    private final String text;
    private final SentenceSplitter sentences;
    private final int maxTokens;

    Units(String text, SentenceSplitter sentences, int maxTokens) {
        this.text = text;
        this.sentences = sentences;
        this.maxTokens = maxTokens;
    }

    /**
     * A piece of one block.
     *
     * @param block that it is of
     * @param span where it stands in the document's text, in UTF-16 offsets
     * @param tokens at most the budget
     */
    record Unit(Passage block, Span span, int tokens) {}

    /** The pieces of a block in order; between them is nothing but white space. */
    List<Unit> of(Passage block) {
        String own = text.substring(block.start(), block.end());
        boolean lines = block.kind().equals("table") || block.kind().equals("code");
        List<Unit> units = new ArrayList<>();
        for (Span span : lines ? SentenceSplitter.lines(own) : sentences.split(own)) {
            addWithinBudget(units, block, span.plus(block.start()));
        }
        return units;
    }

    private void addWithinBudget(List<Unit> units, Passage block, Span sentence) {
        Unit whole = unit(block, sentence);
        if (whole.tokens() <= maxTokens) {
            units.add(whole);
            return;
        }
        int start = sentence.start();
        int end = start;
        int sum = 0;
        for (Span word : words(sentence)) {
            int own = tokens(word);
            if (sum + own > maxTokens && end > start) {
                units.add(unit(block, new Span(start, end)));
                start = word.start();
                sum = 0;
            }
            end = word.end();
            sum += own;
        }
        units.add(unit(block, new Span(start, end)));
    }

    /** Runs without white space, none of them over the budget. */
    private List<Span> words(Span sentence) {
        List<Span> words = new ArrayList<>();
        int start = -1;
        int points = 0;
        for (int i = sentence.start(); i < sentence.end(); ) {
            int point = text.codePointAt(i);
            boolean space = Character.isWhitespace(point) || Character.isSpaceChar(point);
            // No character counts more than one token, so as many characters as tokens always fit.
            if (start >= 0 && (space || points >= maxTokens)) {
                words.add(new Span(start, i));
                start = -1;
            }
            if (!space && start < 0) {
                start = i;
                points = 0;
            }
            i += Character.charCount(point);
            points++;
        }
        if (start >= 0) {
            words.add(new Span(start, sentence.end()));
        }
        return words;
    }

    private Unit unit(Passage block, Span span) {
        return new Unit(block, span, tokens(span));
    }

    private int tokens(Span span) {
        return TokenEstimate.of(text.substring(span.start(), span.end()));
    }
}
