package dev.callboard.documents.chunk;

import dev.callboard.documents.chunk.Passages.Passage;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The smallest pieces that chunks are made of: sentences of running text, lines of tables and code, and, where one of these is over
 * the budget alone, parts of it cut where a line may end (between words, and between ideographs); a single word over the budget is
 * cut anywhere but inside a character.
 */
final class Units {
    private final Budget budget;
    private final SentenceSplitter sentences;
    private final BreakIterator lineEnds;

    /** @param locale whose rules say where a line may end */
    Units(Budget budget, SentenceSplitter sentences, Locale locale) {
        this.budget = budget;
        this.sentences = sentences;
        this.lineEnds = BreakIterator.getLineInstance(locale);
    }

    /**
     * A piece of one block, within the budget.
     *
     * @param block that it is of
     * @param span where it stands in the document's text, in UTF-16 offsets
     * @param tokens by itself
     */
    record Unit(Passage block, Span span, int tokens) {
        int start() {
            return span.start();
        }

        int end() {
            return span.end();
        }
    }

    /** The pieces of a block in order; between them is nothing but white space. */
    List<Unit> of(Passage block) {
        String own = budget.text().substring(block.start(), block.end());
        boolean lines = block.kind().equals("table") || block.kind().equals("code");
        List<Unit> units = new ArrayList<>();
        for (Span span : lines ? SentenceSplitter.lines(own) : sentences.split(own)) {
            Span sentence = span.plus(block.start());
            if (budget.fits(sentence.start(), sentence.end())) {
                units.add(unit(block, sentence));
            } else {
                cut(block, sentence, units);
            }
        }
        return units;
    }

    private Unit unit(Passage block, Span span) {
        return new Unit(block, span, budget.tokens(span.start(), span.end()));
    }

    /** As many words to each part as the budget allows. */
    private void cut(Passage block, Span sentence, List<Unit> parts) {
        TokenSum sum = new TokenSum(budget);
        int start = sentence.start();
        int end = start;
        for (Span word : words(sentence)) {
            Unit next = unit(block, word);
            if (!sum.hasRoomFor(next)) {
                parts.add(unit(block, new Span(start, end)));
                start = word.start();
                sum = new TokenSum(budget);
            }
            sum.add(next);
            end = word.end();
        }
        parts.add(unit(block, new Span(start, end)));
    }

    /** What stands between two places where a line may end, none of it over the budget. */
    private List<Span> words(Span sentence) {
        String own = budget.text().substring(sentence.start(), sentence.end());
        List<Span> trimmed = new ArrayList<>();
        lineEnds.setText(own);
        int start = lineEnds.first();
        for (int end = lineEnds.next(); end != BreakIterator.DONE; end = lineEnds.next()) {
            SentenceSplitter.addTrimmed(trimmed, own, start, end);
            start = end;
        }
        List<Span> words = new ArrayList<>();
        for (Span word : trimmed) {
            addWithinBudget(words, word.plus(sentence.start()));
        }
        return words;
    }

    private void addWithinBudget(List<Span> words, Span word) {
        if (budget.fits(word.start(), word.end())) {
            words.add(word);
            return;
        }
        for (int start = word.start(); start < word.end(); ) {
            int points = budget.most();
            int end = after(points, start, word.end());
            // A hangul syllable is up to three tokens, so that as many characters as tokens may be too many.
            while (!budget.fits(start, end)) {
                points /= 2;
                end = after(points, start, word.end());
            }
            words.add(new Span(start, end));
            start = end;
        }
    }

    /** The offset after some code points, or the limit where there are fewer. */
    private int after(int points, int start, int limit) {
        int at = start;
        for (int i = 0; i < points && at < limit; i++) {
            at += Character.charCount(budget.text().codePointAt(at));
        }
        return at;
    }
}
