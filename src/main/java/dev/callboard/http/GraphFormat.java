package dev.callboard.http;

import dev.callboard.json.Json;
import dev.callboard.library.LibraryMessages.EdgeView;
import dev.callboard.library.LibraryMessages.NodeView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the graph is written as a file: GraphML 1.0, RDF 1.1 Turtle or JSON-LD 1.1. In RDF nodes and predicates are URNs of their
 * ids, and each edge is also a statement of its own that says where it was found.
 */
enum GraphFormat {
    GRAPHML("application/graphml+xml", "graphml") {
        @Override
        String head() {
            StringBuilder head = new StringBuilder(
                    """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
                    """);
            for (String name : new String[] {"type", "label"}) {
                head.append(key(name, "node", "string"));
            }
            for (String name : new String[] {"predicate", "doc_id", "method", "confidence"}) {
                head.append(key(name, "edge", "string"));
            }
            head.append(key("start", "edge", "int")).append(key("end", "edge", "int"));
            return head.append("<graph edgedefault=\"directed\">\n").toString();
        }

        private String key(String name, String of, String type) {
            return "<key id=\"" + name + "\" for=\"" + of + "\" attr.name=\"" + name + "\" attr.type=\"" + type
                    + "\"/>\n";
        }

        @Override
        String node(NodeView node, boolean first) {
            return "<node id=\"" + xml(node.id()) + "\">" + data("type", node.type()) + data("label", node.label())
                    + "</node>\n";
        }

        @Override
        String edge(EdgeView edge, boolean first) {
            return "<edge source=\"" + xml(edge.source()) + "\" target=\"" + xml(edge.target()) + "\">"
                    + data("predicate", edge.predicate()) + data("doc_id", edge.docId())
                    + data("method", edge.place().method())
                    + data("confidence", edge.place().confidence())
                    + data("start", Integer.toString(edge.place().start()))
                    + data("end", Integer.toString(edge.place().end())) + "</edge>\n";
        }

        private String data(String key, String value) {
            return "<data key=\"" + key + "\">" + xml(value) + "</data>";
        }

        @Override
        String tail() {
            return "</graph>\n</graphml>\n";
        }
    },

    TURTLE("text/turtle", "ttl") {
        @Override
        String head() {
            return """
                    @prefix cb: <urn:callboard:> .
                    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
                    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

                    """;
        }

        @Override
        String node(NodeView node, boolean first) {
            return "<" + urn(NODE, node.id()) + "> cb:type " + text(node.type()) + " ; rdfs:label " + text(node.label())
                    + " .\n";
        }

        @Override
        String edge(EdgeView edge, boolean first) {
            String source = "<" + urn(NODE, edge.source()) + ">";
            String predicate = "<" + urn(PREDICATE, edge.predicate()) + ">";
            String target = "<" + urn(NODE, edge.target()) + ">";
            return source + " " + predicate + " " + target + " .\n[] a rdf:Statement ; rdf:subject " + source
                    + " ; rdf:predicate " + predicate + " ; rdf:object " + target + " ; cb:document "
                    + text(edge.docId()) + " ; cb:start " + edge.place().start() + " ; cb:end "
                    + edge.place().end() + " ; cb:method " + text(edge.place().method()) + " ; cb:confidence "
                    + text(edge.place().confidence()) + " .\n";
        }

        /** A JSON string is one of Turtle's too. */
        private String text(String value) {
            return Json.write(value);
        }

        @Override
        String tail() {
            return "";
        }
    },

    JSONLD("application/ld+json", "jsonld") {
        @Override
        String head() {
            return """
                    {"@context": {
                      "cb": "urn:callboard:",
                      "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
                      "label": "http://www.w3.org/2000/01/rdf-schema#label",
                      "type": "cb:type", "document": "cb:document", "start": "cb:start", "end": "cb:end",
                      "method": "cb:method", "confidence": "cb:confidence",
                      "subject": {"@id": "rdf:subject", "@type": "@id"},
                      "predicate": {"@id": "rdf:predicate", "@type": "@id"},
                      "object": {"@id": "rdf:object", "@type": "@id"}},
                    "@graph": [
                    """;
        }

        @Override
        String node(NodeView node, boolean first) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("@id", urn(NODE, node.id()));
            map.put("type", node.type());
            map.put("label", node.label());
            return line(map, first);
        }

        @Override
        String edge(EdgeView edge, boolean first) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("@type", "rdf:Statement");
            map.put("subject", urn(NODE, edge.source()));
            map.put("predicate", urn(PREDICATE, edge.predicate()));
            map.put("object", urn(NODE, edge.target()));
            map.put("document", edge.docId());
            map.put("start", edge.place().start());
            map.put("end", edge.place().end());
            map.put("method", edge.place().method());
            map.put("confidence", edge.place().confidence());
            Map<String, Object> itself = new LinkedHashMap<>();
            itself.put("@id", urn(NODE, edge.source()));
            itself.put(urn(PREDICATE, edge.predicate()), Map.of("@id", urn(NODE, edge.target())));
            return line(itself, first) + line(map, false);
        }

        private String line(Map<String, Object> map, boolean first) {
            return (first ? "" : ",\n") + Json.write(map);
        }

        @Override
        String tail() {
            return "\n]}\n";
        }
    };

    private static final String NODE = "urn:callboard:node:";
    private static final String PREDICATE = "urn:callboard:predicate:";

    final String mediaType;
    final String suffix;

    GraphFormat(String mediaType, String suffix) {
        this.mediaType = mediaType;
        this.suffix = suffix;
    }

    abstract String head();

    /** @param first whether nothing was written before it but the head */
    abstract String node(NodeView node, boolean first);

    /** As {@link #node}. */
    abstract String edge(EdgeView edge, boolean first);

    abstract String tail();

    static String urn(String prefix, String id) {
        return prefix + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Characters that XML 1.0 has no way to write are left out. */
    static String xml(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\t', '\n', '\r' -> escaped.append("&#").append(c).append(';');
                default -> {
                    if (c >= ' ' && c != 0xFFFE && c != 0xFFFF && (c < 0xD800 || c > 0xDFFF)) {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }
}
