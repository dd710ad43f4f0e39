package dev.callboard.documents.search;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the index has of a document beside its chunks.
 *
 * @param docId the document's id
 * @param title possibly empty
 * @param mediaType such as {@code application/pdf}; empty when not known
 * @param lang a language tag; empty when not known
 * @param identifiers by which people know it, such as its DOI; they may not stand in its text
 * @param model what made the vectors of its chunks; empty when none has one
 */
record IndexedDocument(
        String docId,
        String title,
        String mediaType,
        String lang,
        List<String> identifiers,
        Optional<VectorModel> model) {
    IndexedDocument {
        Objects.requireNonNull(docId, "docId is null");
        Objects.requireNonNull(title, "title is null");
        Objects.requireNonNull(mediaType, "mediaType is null");
        Objects.requireNonNull(lang, "lang is null");
        identifiers = List.copyOf(identifiers);
        Objects.requireNonNull(model, "model is null");
    }

    /** The title, or where there is none the id. */
    String shownTitle() {
        return title.isBlank() ? docId : title;
    }
}
