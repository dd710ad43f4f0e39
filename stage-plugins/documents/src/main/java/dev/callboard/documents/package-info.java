/**
 * The document stages: {@code ingest}, {@code parse}, {@code ir-validation}, {@code chunk}, {@code extract} and
 * {@code knowledge-graph}.
 *
 * <p>Files come in as blobs, become one intermediate representation (IR) whatever their format, are checked, and leave
 * as chunks of a size that search and language models take. Nothing here opens a file or a connection, and bytes come from
 * {@link dev.callboard.spi.BlobStore} alone, except that {@code extract} asks a model where the operator has configured one.
 *
 * <p>Reading order: {@link dev.callboard.documents.DocumentsPlugin}, one package for each stage, and {@code ir} for
 * what they share.
 */
package dev.callboard.documents;
