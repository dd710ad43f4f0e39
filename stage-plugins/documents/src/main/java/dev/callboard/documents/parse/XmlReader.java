package dev.callboard.documents.parse;

import dev.callboard.documents.ir.DocumentBuilder;

/** Reads one vocabulary of XML. An instance serves one document and may keep state. */
interface XmlReader {
    /**
     * Writes what an element says into the document. Each text in it is taken ({@link XmlText#take}) when it is written, or
     * when it is named as left out; what stays open was forgotten.
     *
     * @throws InterruptedException when the execution was cancelled
     */
    void read(XmlElement element, Source source, DocumentBuilder document) throws InterruptedException;
}
