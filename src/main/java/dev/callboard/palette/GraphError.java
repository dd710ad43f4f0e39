package dev.callboard.palette;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a graph, or may be.
 *
 * @param code a stable machine word
 * @param message one sentence for people
 * @param pointer where in the request, as a JSON Pointer
 * @param nodeId the node that it is about, if one
 * @param edgeId the edge that it is about, if one
 */
public record GraphError(
        String code, String message, String pointer, @Nullable String nodeId, @Nullable String edgeId) {}
