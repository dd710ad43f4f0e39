/**
 * The stage knowledge-graph: entities and claims become nodes and edges of the project's library, document by document.
 *
 * <p>Reading order: {@link dev.callboard.documents.graph.KnowledgeGraphStage} finds what to write, {@code DocumentGraph} makes one
 * document's statements of it.
 */
package dev.callboard.documents.graph;
