package dev.callboard.documents.pdf;

import dev.callboard.documents.ir.BlockKind;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells formulas that stand alone from paragraphs: one line, set in from the left, with a relation or an arrow in it and hardly a
 * word.
 */
final class Formulas {
    private static final Pattern RELATION =
            Pattern.compile("(?<=[\\s\\p{L}\\d)\\]⁰-₎])[=<>≤≥≈≡∝∼≪≫∈→⇌⇒⟶](?=[\\s\\p{L}\\d(\\[√∑∫−-])");
    private static final Pattern WORD = Pattern.compile("(?<![\\p{L}_^])\\p{L}{4,}");
    private static final int MOST_WORDS = 2;
    private static final int LONGEST = 200;

    /** In parts of the size of letters. */
    private static final float SET_IN = 1.5f;

    private Formulas() {}

    /** Sets the kind of paragraphs, and of what was taken for headings. */
    static void mark(List<TextBlock> blocks) {
        for (TextBlock block : blocks) {
            boolean text = block.kind == BlockKind.PARAGRAPH || block.kind == BlockKind.HEADING;
            if (text
                    && block.lines.size() == 1
                    && block.text.length() <= LONGEST
                    && block.first().start() > block.left + block.size() * SET_IN
                    && RELATION.matcher(block.text).find()
                    && WORD.matcher(block.text).results().count() <= MOST_WORDS) {
                block.kind = BlockKind.FORMULA;
            }
        }
    }
}
