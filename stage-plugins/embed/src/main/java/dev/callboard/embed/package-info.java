/**
 * The stage {@code embed} and the question {@code embed-text}: texts become vectors, by a model inside the plugin or by an
 * OpenAI-compatible endpoint that the server's operator names.
 *
 * <p>Reading order: {@link dev.callboard.embed.EmbedPlugin}, {@code EmbedStage}, the package {@code model}, then
 * {@code endpoint}. The package {@code dev.callboard.wordpiece} is the model's tokenizer.
 */
package dev.callboard.embed;
