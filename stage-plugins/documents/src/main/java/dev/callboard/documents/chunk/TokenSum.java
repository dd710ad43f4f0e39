package dev.callboard.documents.chunk;

import dev.callboard.documents.chunk.Units.Unit;
import dev.callboard.documents.chunk.wordpiece.WordPiece;

/**
 * The size of a stretch of text that grows unit by unit. Where white space, punctuation or an ideograph divides two units their
 * tokens add up. Where nothing does, letters on both sides may be one word: then what stands since the last division is counted
 * again as one.
 */
final class TokenSum {
    private static final int NOTHING = -1;

    private final Budget budget;
    private int start = NOTHING;
    private int end;
    /** Where the last division is, and the tokens before it. */
    private int division;

    private int before;
    private int tokens;

    /** Of no unit yet. */
    TokenSum(Budget budget) {
        this.budget = budget;
    }

    /** What the budget would say of all so far if it were the whole chunk. */
    int size() {
        return start == NOTHING ? 0 : budget.size(start, end, tokens);
    }

    /** Whether a unit after those so far can be in one chunk with them; the first always can. */
    boolean hasRoomFor(Unit unit) {
        if (start == NOTHING) {
            return true;
        }
        int sum = isDivided(unit) ? tokens + unit.tokens() : before + budget.tokens(division, unit.end());
        return budget.size(start, unit.end(), sum) <= budget.most();
    }

    /** Adds a unit. */
    void add(Unit unit) {
        if (start == NOTHING || isDivided(unit)) {
            start = start == NOTHING ? unit.start() : start;
            before = tokens;
            division = unit.start();
            tokens += unit.tokens();
        } else {
            tokens = before + budget.tokens(division, unit.end());
        }
        end = unit.end();
    }

    private boolean isDivided(Unit unit) {
        return WordPiece.divides(budget.text(), end, unit.start());
    }
}
