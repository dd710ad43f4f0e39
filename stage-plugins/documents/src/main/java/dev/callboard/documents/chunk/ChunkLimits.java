package dev.callboard.documents.chunk;

import dev.callboard.documents.input.Settings;
import dev.callboard.spi.StageFailure;

/**
 * How large chunks are, in tokens of all-MiniLM-L6-v2, without {@code [CLS]} and {@code [SEP]}.
 *
 * @param maxTokens the most that a chunk has; default 220, so that models that read 256 lose nothing, those with somewhat larger
 *     counts too
 * @param minTokens below which a chunk goes on into the next section or joins the chunk before it; default 40
 * @param overlapSentences how many sentences are repeated where a block is cut; default 1
 */
record ChunkLimits(int maxTokens, int minTokens, int overlapSentences) {
    static ChunkLimits from(Settings settings) throws StageFailure {
        int max = (int) settings.integer("max_tokens", 220, 16, 8192);
        int min = (int) settings.integer("min_tokens", Math.min(40, max), 0, 4096);
        if (min > max) {
            throw Settings.invalid("min_tokens", "at most max_tokens, which is " + max);
        }
        return new ChunkLimits(max, min, (int) settings.integer("overlap_sentences", 1, 0, 10));
    }
}
