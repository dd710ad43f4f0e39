package dev.callboard.documents.graph;

import dev.callboard.documents.input.FailedInputs;
import dev.callboard.spi.Library;
import dev.callboard.spi.Library.Statements;
import dev.callboard.spi.Plural;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Input: {@code {entities, claims}} of the stage extract, also as references to where they are stored, or these two in the
 * state. Output: {@code {nodes_written, edges_written,
 * mentions_written, documents: [{doc_id, nodes, edges}]}}, and beside them {@code failed} when an earlier stage could not read
 * some documents. {@code nodes_written} counts a node of several documents once.
 *
 * <p>Of each document all that it said before is replaced, so that a second run changes nothing; a document about which nothing
 * was found still has its own node. What is written: see {@link DocumentGraph}. The library also gets the part {@code graph}. Of a
 * document that somebody removed after the task began nothing is written, and nothing is counted.
 *
 * <p>It has no settings. Failures, permanent: {@code no_entities}, {@code invalid_entities},
 * {@code too_many_entities}, {@code missing_blob}.
 */
public final class KnowledgeGraphStage implements Stage {
    private static final String PART = "graph";

    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        Extracted extracted = Extracted.find(context, input);
        List<String> docIds = extracted.docIds();
        Set<String> nodes = new HashSet<>();
        long edges = 0;
        long mentions = 0;
        List<Map<String, Object>> documents = new ArrayList<>();
        int done = 0;
        for (String docId : docIds) {
            if (context.cancelled()) {
                throw new InterruptedException("cancelled");
            }
            context.progress(done++, docIds.size(), Plural.of(nodes.size(), "node"));
            DocumentGraph graph = extracted.read(docId);
            Statements statements = graph.statements(title(context, docId));
            context.library().say(docId, statements);
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("nodes", statements.nodes().size());
            facts.put("edges", statements.edges().size());
            context.library().put(new Library.Part(docId, PART, facts, null));
            context.log(summary(graph, statements));
            if (!isKept(context, docId)) {
                continue;
            }
            statements.nodes().forEach(node -> nodes.add(node.id()));
            edges += statements.edges().size();
            mentions += statements.mentions().size();
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("doc_id", docId);
            document.putAll(facts);
            documents.add(document);
        }
        context.progress(done, docIds.size(), Plural.of(nodes.size(), "node"));
        Map<String, Object> receipt = new LinkedHashMap<>();
        receipt.put("nodes_written", nodes.size());
        receipt.put("edges_written", edges);
        receipt.put("mentions_written", mentions);
        receipt.put("documents", documents);
        FailedInputs failed = FailedInputs.before(input);
        if (!failed.isEmpty()) {
            receipt.put("failed", failed.toList());
        }
        return receipt;
    }

    /** Nothing is kept of a document that somebody removed meanwhile. In a trial, which has no folder, nothing is kept at all. */
    private static boolean isKept(StageContext context, String docId) throws IOException {
        return context.folder().isEmpty() || context.library().part(docId, PART).isPresent();
    }

    /** The title that the library knows; empty when it knows none. */
    private static String title(StageContext context, String docId) throws IOException {
        return context.library()
                .part(docId, "document")
                .map(part -> part.facts().get("title"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .orElse("");
    }

    private static String summary(DocumentGraph graph, Statements statements) {
        String dropped = graph.dropped() == 0
                ? ""
                : " " + Plural.of(graph.dropped(), "claim") + " about entities that are not there: left out.";
        return graph.docId() + ": " + Plural.of(statements.nodes().size(), "node") + ", "
                + Plural.of(statements.edges().size(), "edge") + ", "
                + Plural.of(statements.mentions().size(), "mention") + "." + dropped
                + (graph.unmentioned() == 0
                        ? ""
                        : " " + Plural.of(graph.unmentioned(), "more mention")
                                + ": left out, for a document may say at most " + DocumentGraph.MOST_STATEMENTS
                                + " things.");
    }
}
