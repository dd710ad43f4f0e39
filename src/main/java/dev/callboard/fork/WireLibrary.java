package dev.callboard.fork;

import dev.callboard.spi.Library.Edge;
import dev.callboard.spi.Library.Mention;
import dev.callboard.spi.Library.Node;
import dev.callboard.spi.Library.Part;
import dev.callboard.spi.Library.Place;
import dev.callboard.spi.Library.Statements;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What libraries take and give, as JSON between processes. */
final class WireLibrary {
    private WireLibrary() {}

    static Map<String, @Nullable Object> map(Part part) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("doc_id", part.docId());
        map.put("name", part.name());
        map.put("facts", part.facts());
        map.put("blob", part.blob());
        return map;
    }

    @SuppressWarnings("NullAway") // The SPI takes null for no blob.
    static Part part(@Nullable Object value) {
        Map<?, ?> map = object(value);
        return new Part(
                text(map, "doc_id"),
                text(map, "name"),
                facts(map),
                map.get("blob") instanceof String blob ? blob : null);
    }

    static Map<String, Object> map(Statements statements) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(
                "nodes",
                statements.nodes().stream()
                        .map(node -> List.of(node.id(), node.type(), node.label(), node.facts()))
                        .toList());
        map.put(
                "mentions",
                statements.mentions().stream()
                        .map(mention -> with(List.of(mention.node()), mention.place()))
                        .toList());
        map.put(
                "edges",
                statements.edges().stream()
                        .map(edge -> with(List.of(edge.source(), edge.predicate(), edge.target()), edge.place()))
                        .toList());
        return map;
    }

    private static List<Object> with(List<String> first, Place place) {
        List<Object> row = new ArrayList<>(first);
        row.add(place.start());
        row.add(place.end());
        row.add(place.method());
        row.add(place.confidence());
        return row;
    }

    static Statements statements(@Nullable Object value) {
        Map<?, ?> map = object(value);
        List<Node> nodes = new ArrayList<>();
        for (List<?> row : rows(map, "nodes", 4)) {
            nodes.add(new Node(
                    String.valueOf(row.get(0)),
                    String.valueOf(row.get(1)),
                    String.valueOf(row.get(2)),
                    members(object(row.get(3)))));
        }
        List<Mention> mentions = new ArrayList<>();
        for (List<?> row : rows(map, "mentions", 5)) {
            mentions.add(new Mention(String.valueOf(row.get(0)), place(row, 1)));
        }
        List<Edge> edges = new ArrayList<>();
        for (List<?> row : rows(map, "edges", 7)) {
            edges.add(new Edge(
                    String.valueOf(row.get(0)), String.valueOf(row.get(1)), String.valueOf(row.get(2)), place(row, 3)));
        }
        return new Statements(nodes, mentions, edges);
    }

    private static Place place(List<?> row, int from) {
        return new Place(
                number(row.get(from)),
                number(row.get(from + 1)),
                String.valueOf(row.get(from + 2)),
                String.valueOf(row.get(from + 3)));
    }

    private static int number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.intValue();
        }
        throw new IllegalArgumentException("an offset that is no number");
    }

    private static List<List<?>> rows(Map<?, ?> map, String name, int columns) {
        List<List<?>> rows = new ArrayList<>();
        if (map.get(name) instanceof List<?> list) {
            for (Object element : list) {
                if (!(element instanceof List<?> row) || row.size() != columns) {
                    throw new IllegalArgumentException("a row of '" + name + "' that is not one");
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(Map<?, ?> map, String name) {
        return map.get(name) instanceof String text ? text : "";
    }

    private static Map<String, Object> facts(Map<?, ?> map) {
        return members(object(map.get("facts")));
    }

    private static Map<String, Object> members(Map<?, ?> map) {
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((key, value) -> members.put(String.valueOf(key), value));
        return members;
    }
}
