/**
 * Language models behind an OpenAI-compatible endpoint ({@code POST URL/chat/completions}), which the server's operator names.
 * Nothing is connected to while none is named.
 *
 * <p>Only addresses that the server's rules permit are connected to, nothing leads elsewhere, and answers are bounded and checked.
 */
package dev.callboard.documents.endpoint;
