/**
 * The stage extract: entities and claims of documents, each with its place, its method and how sure it is.
 *
 * <p>Reading order: {@link dev.callboard.documents.extract.ExtractStage} finds the documents, {@code Extractor} runs the methods on
 * one of them, and {@code Findings} collects what they find, within limits. The methods are {@code StructuredFields},
 * {@code TermMatcher} with the dictionaries of the package below, {@code TextPatterns}, {@code Abbreviations} and
 * {@code CoOccurrence}. Nothing here states more than the document does: two things in one sentence are mentioned together and
 * no more.
 */
package dev.callboard.documents.extract;
