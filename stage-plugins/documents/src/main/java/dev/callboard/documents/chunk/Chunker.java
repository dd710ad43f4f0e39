package dev.callboard.documents.chunk;

import dev.callboard.documents.chunk.Passages.Passage;
import dev.callboard.documents.chunk.Units.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Fills chunks with units in reading order. A chunk ends, once it has {@code min_tokens}, where a section ends or where
 * the next block does not fit; a block too long for what is left is cut between sentences, and the last sentences are
 * repeated at the start of the next chunk. A heading never ends a chunk when its text can follow. What is left below
 * {@code min_tokens} joins the chunk before it if the budget allows.
 */
final class Chunker {
    private final Passages document;
    private final ChunkLimits limits;
    private final Budget budget;
    private final Units units;
    private final List<List<Unit>> closed = new ArrayList<>();
    private List<Unit> current = new ArrayList<>();
    private TokenSum sum;

    Chunker(Passages document, ChunkLimits limits, SentenceSplitter sentences) {
        this.document = document;
        this.limits = limits;
        this.budget = new Budget(document.text(), ModelTokens.miniLm(), limits.maxTokens());
        this.units = new Units(budget, sentences, document.locale());
        this.sum = new TokenSum(budget);
    }

    /** Told after each block how far the work is. */
    @FunctionalInterface
    interface Progress {
        /**
         * Takes the state of the work.
         *
         * @param read UTF-16 offset up to which the text is cut
         * @param chunks finished so far
         * @throws InterruptedException to end the work
         */
        void at(int read, int chunks) throws InterruptedException;
    }

    /** All chunks of the document, in order. Together they hold every visible character of every block. */
    List<Chunk> chunks(Progress progress) throws InterruptedException {
        for (Passage block : document.blocks()) {
            progress.at(block.start(), closed.size());
            add(block);
        }
        close();
        return closed.stream().map(this::chunk).toList();
    }

    private void add(Passage block) {
        List<Unit> pieces = units.of(block);
        int blockTokens = pieces.stream().mapToInt(Unit::tokens).sum();
        if (!current.isEmpty() && sum.size() >= limits.minTokens()) {
            boolean otherSection =
                    !Objects.equals(block.section(), last().block().section());
            if (otherSection || sum.size() + blockTokens > limits.maxTokens()) {
                closeBeforeHeadings();
            }
        }
        for (Unit piece : pieces) {
            if (!sum.hasRoomFor(piece)) {
                List<Unit> repeated = overlap(piece);
                close();
                repeated.forEach(this::take);
            }
            take(piece);
        }
    }

    private Unit last() {
        return current.get(current.size() - 1);
    }

    private void take(Unit unit) {
        current.add(unit);
        sum.add(unit);
    }

    /** The last sentences of the current chunk, when they are of the piece's own block and fit beside the piece. */
    private List<Unit> overlap(Unit piece) {
        List<Unit> repeated = new ArrayList<>();
        for (int i = current.size() - 1; i > 0 && repeated.size() < limits.overlapSentences(); i--) {
            Unit unit = current.get(i);
            if (unit.block() != piece.block() || !budget.fits(unit.start(), piece.end())) {
                break;
            }
            repeated.add(0, unit);
        }
        return repeated;
    }

    /** Closes the chunk but keeps headings at its end for the next one. */
    private void closeBeforeHeadings() {
        int end = current.size();
        while (end > 0 && current.get(end - 1).block().kind().equals("heading")) {
            end--;
        }
        if (end == 0) {
            return;
        }
        List<Unit> headings = List.copyOf(current.subList(end, current.size()));
        current = new ArrayList<>(current.subList(0, end));
        close();
        headings.forEach(this::take);
    }

    private void close() {
        if (current.isEmpty()) {
            return;
        }
        List<Unit> before = closed.isEmpty() ? List.of() : closed.get(closed.size() - 1);
        int start = current.get(0).start();
        int end = last().end();
        boolean joins = !before.isEmpty()
                && budget.size(start, end, budget.tokens(start, end)) < limits.minTokens()
                && budget.fits(before.get(0).start(), end);
        if (joins) {
            before.addAll(current);
        } else {
            closed.add(current);
        }
        current = new ArrayList<>();
        sum = new TokenSum(budget);
    }

    private Chunk chunk(List<Unit> parts) {
        int start = parts.get(0).start();
        int end = parts.get(parts.size() - 1).end();
        Set<String> blocks = new LinkedHashSet<>();
        Map<String, Integer> sections = new LinkedHashMap<>();
        for (Unit unit : parts) {
            blocks.add(unit.block().id());
            sections.merge(Objects.requireNonNullElse(unit.block().section(), ""), unit.tokens(), Integer::sum);
        }
        String most = "";
        for (Map.Entry<String, Integer> section : sections.entrySet()) {
            if (section.getValue() > sections.getOrDefault(most, -1)) {
                most = section.getKey();
            }
        }
        return new Chunk(
                document.docId(),
                document.key(),
                List.copyOf(blocks),
                most.isEmpty() ? null : most,
                document.points().point(start),
                document.points().point(end),
                document.text().substring(start, end),
                budget.tokens(start, end));
    }
}
