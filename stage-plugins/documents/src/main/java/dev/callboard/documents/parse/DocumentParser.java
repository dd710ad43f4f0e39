package dev.callboard.documents.parse;

import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.spi.StageFailure;

/** Reads one format. An instance serves one document and may keep state. */
interface DocumentParser {
    /**
     * Writes what the source says into the document.
     *
     * @throws StageFailure {@code unreadable_document}, with a sentence, when the bytes are not what they look like
     * @throws InterruptedException when the execution was cancelled
     */
    void parse(Source source, DocumentBuilder document) throws StageFailure, InterruptedException;
}
