package dev.callboard.documents.chunk;

import dev.callboard.wordpiece.WordPieceTokenizer;

/**
 * How much text a chunk may have. It is measured in the model's tokens, and in characters where those say too little: a word of
 * more than 100 letters, or of letters that the model does not know, is one token however long it is. English prose has 4 or 5
 * characters a token; 8 count as one at least.
 *
 * @param text the document's whole text, which all offsets (UTF-16) are into
 * @param tokenizer the model's
 * @param most tokens in a chunk
 */
record Budget(String text, WordPieceTokenizer tokenizer, int most) {
    private static final int CHARACTERS_PER_TOKEN = 8;

    /** The tokens of a part of the text. */
    int tokens(int start, int end) {
        return tokenizer.count(text, start, end);
    }

    /** What a part of the text takes of the budget, where its tokens are known. */
    int size(int start, int end, int tokens) {
        return Math.max(tokens, (end - start + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN);
    }

    /** Whether a part of the text can be in one chunk. */
    boolean fits(int start, int end) {
        return size(start, end, 0) <= most && tokens(start, end) <= most;
    }
}
