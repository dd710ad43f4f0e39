/**
 * Embedding models behind an OpenAI-compatible endpoint ({@code POST URL/embeddings}), which the server's operator names.
 *
 * <p>Only addresses that the server's rules permit are connected to, nothing leads elsewhere, and answers are bounded and checked.
 */
package dev.callboard.embed.endpoint;
