/**
 * What a plugin author sees: a plugin registers stages, a stage turns an input into an output.
 *
 * <p>Values that pass between stages are JSON-shaped: {@code null}, {@link java.lang.Boolean}, {@link java.lang.Number},
 * {@link java.lang.String}, {@link java.util.List} and {@link java.util.Map} with string keys. Bytes of any size travel
 * as blobs ({@link dev.callboard.spi.BlobStore}) and are referred to by their SHA-256.
 *
 * <p>This package depends on {@code java.*} alone and is also built as a jar of its own. It is versioned semantically;
 * its major version is {@link dev.callboard.spi.ApiVersion#MAJOR}.
 */
package dev.callboard.spi;
