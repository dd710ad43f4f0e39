package dev.callboard.documents.chunk;

import dev.callboard.documents.chunk.Units.Unit;
import dev.callboard.wordpiece.TokenCount;

/**
 * The size of a stretch of text that grows unit by unit. Tokens do not simply add up: where nothing divides two units, letters on
 * both sides are one word.
 */
final class TokenSum {
    private static final int NOTHING = -1;

    private final Budget budget;
    private final TokenCount count;
    private int start = NOTHING;
    private int end;

    /** Of no unit yet. */
    TokenSum(Budget budget) {
        this.budget = budget;
        this.count = budget.tokenizer().counting();
    }

    /** What all units so far would take of the budget if they were the whole chunk. */
    int size() {
        return start == NOTHING ? 0 : budget.size(start, end, count.tokens());
    }

    /** Whether a unit after those so far can be in one chunk with them; the first always can. */
    boolean hasRoomFor(Unit unit) {
        if (start == NOTHING) {
            return true;
        }
        TokenCount with = count.copy();
        with.add(budget.text(), end, unit.end());
        return budget.size(start, unit.end(), with.tokens()) <= budget.most();
    }

    /** Adds a unit. */
    void add(Unit unit) {
        if (start == NOTHING) {
            start = unit.start();
            end = start;
        }
        count.add(budget.text(), end, unit.end());
        end = unit.end();
    }
}
