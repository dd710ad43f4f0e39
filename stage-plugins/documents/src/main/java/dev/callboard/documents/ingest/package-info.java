/** The stage {@code ingest}: decides by bytes what came in, and refuses what no later stage could read. */
package dev.callboard.documents.ingest;
