/**
 * The stage {@code index} and the question {@code search}: one Lucene index for each project, of words (BM25) and of vectors
 * (HNSW).
 *
 * <p>The index is derived data. Its source are the library's parts {@code index}: {@link
 * dev.callboard.documents.search.IndexPart} says what is in one. Whoever opens the index compares the library's revision with
 * that of the last commit, and when they differ the documents one by one ({@link dev.callboard.documents.search.Difference});
 * what differs is put right under a lock that one process holds at a time ({@link
 * dev.callboard.documents.search.Reconciliation}). A damaged index is deleted and made again.
 *
 * <p>Reading order: {@link dev.callboard.documents.search.IndexStage}, {@link dev.callboard.documents.search.SearchQuestion},
 * {@link dev.callboard.documents.search.IndexSchema}.
 */
package dev.callboard.documents.search;
