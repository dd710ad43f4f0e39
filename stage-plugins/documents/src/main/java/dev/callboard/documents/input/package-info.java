/** What reaches a stage: its settings, payloads and documents, read from JSON-shaped values with clear failures. */
package dev.callboard.documents.input;
