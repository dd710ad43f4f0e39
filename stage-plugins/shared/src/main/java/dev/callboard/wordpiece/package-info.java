/**
 * The tokenizer of uncased BERT models in plain Java: text is cleaned, split into words and cut into the pieces of a model's
 * vocabulary. It gives the ids that the Rust library <a href="https://github.com/huggingface/tokenizers">tokenizers</a> gives
 * for the same {@code tokenizer.json}, without native code. Plugins compile it into their own jars.
 *
 * <p>Reading order: {@link dev.callboard.wordpiece.WordPieceTokenizer}, {@code WordSplitter}, {@code Characters},
 * {@link dev.callboard.wordpiece.Vocabulary}.
 */
package dev.callboard.wordpiece;
