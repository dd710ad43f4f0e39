/**
 * The stage {@code parse}: one parser for each format, all of which write into one
 * {@link dev.callboard.documents.ir.DocumentBuilder}.
 *
 * <p>Input is hostile until proven otherwise: XML comes through {@link dev.callboard.documents.parse.SafeXml} alone,
 * JSON with limits on depth and numbers, HTML with a limit on depth; no parser follows a link or opens a file.
 */
package dev.callboard.documents.parse;
