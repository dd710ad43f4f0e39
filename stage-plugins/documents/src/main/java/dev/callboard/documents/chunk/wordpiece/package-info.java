/**
 * The tokenizer of all-MiniLM-L6-v2 (BERT, uncased), as far as counting goes: a normaliser, a pre-tokeniser and WordPiece, by the
 * rules that Hugging Face's library {@code tokenizers} has for it, without a native library. The vocabulary is the model's own; the
 * build takes it out of the model's jar.
 */
package dev.callboard.documents.chunk.wordpiece;
