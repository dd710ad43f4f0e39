package dev.callboard.documents.pdf;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of cited works of a document, by its text alone: the entries below a heading such as <i>References</i>, up to the next
 * heading. As in JATS they are references and no part of the text.
 *
 * <p>Entries are either all that begin with a number ({@code [1]}, {@code 1.}, {@code 1)}), or the items of a list whose further
 * lines are indented, and paragraphs that name a work. Most of them must have a year, a DOI or a PubMed number; else nothing is
 * taken.
 */
final class CitedWorks {
    private static final int FEWEST_UNNUMBERED = 3;

    /** So many of ten. */
    private static final int MOST_OF_TEN = 7;

    private CitedWorks() {}

    /** Takes the entries out of the blocks; gives them as references, in their order, with ids {@code r1, r2 …}. */
    static List<Reference> take(List<TextBlock> blocks) {
        List<Reference> works = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            TextBlock block = blocks.get(i);
            if (block.kind == BlockKind.HEADING
                    && Body.REFERENCES.matcher(block.text).matches()) {
                List<TextBlock> entries = entries(blocks, i + 1);
                for (TextBlock entry : entries) {
                    works.add(new CitationText(entry.text).reference("r" + (works.size() + 1)));
                }
                blocks.removeAll(entries);
            }
        }
        return works;
    }

    private static List<TextBlock> entries(List<TextBlock> blocks, int from) {
        List<TextBlock> numbered = new ArrayList<>();
        List<TextBlock> items = new ArrayList<>();
        int all = 0;
        for (int i = from; i < blocks.size() && blocks.get(i).kind != BlockKind.HEADING; i++) {
            TextBlock block = blocks.get(i);
            boolean item = block.kind == BlockKind.LIST_ITEM;
            if (item || block.kind == BlockKind.PARAGRAPH) {
                all++;
                CitationText entry = new CitationText(block.text);
                if (entry.isNumbered()) {
                    numbered.add(block);
                } else if (item || entry.namesAWork()) {
                    items.add(block);
                }
            }
        }
        if (numbered.size() * 2 > all) {
            return areWorks(numbered) ? numbered : List.of();
        }
        return items.size() >= FEWEST_UNNUMBERED && items.size() * 2 > all && areWorks(items) ? items : List.of();
    }

    private static boolean areWorks(List<TextBlock> entries) {
        long works = entries.stream()
                .filter(entry -> new CitationText(entry.text).namesAWork())
                .count();
        return works * 10 >= entries.size() * (long) MOST_OF_TEN;
    }
}
