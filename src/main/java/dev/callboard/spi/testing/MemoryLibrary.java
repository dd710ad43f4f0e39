package dev.callboard.spi.testing;

import dev.callboard.spi.Library;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A library in memory. It may be used by several threads at once. */
public final class MemoryLibrary implements Library {
    private record Key(String docId, String name) {}

    private final Map<Key, Part> parts =
            new TreeMap<>(Comparator.comparing(Key::docId).thenComparing(Key::name));
    private final Map<String, Statements> said = new TreeMap<>();
    private long revision;

    /** An empty one. */
    public MemoryLibrary() {}

    @Override
    public synchronized void put(Part part) {
        parts.put(new Key(part.docId(), part.name()), part);
        revision++;
    }

    @Override
    public synchronized Optional<Part> part(String docId, String name) {
        return Optional.ofNullable(parts.get(new Key(docId, name)));
    }

    @Override
    public synchronized List<Part> parts(String name) {
        return parts.values().stream().filter(part -> part.name().equals(name)).toList();
    }

    @Override
    public synchronized long revision() {
        return revision;
    }

    @Override
    public synchronized void say(String docId, Statements statements) {
        Set<String> ids = new HashSet<>();
        for (Node node : statements.nodes()) {
            if (!ids.add(node.id())) {
                throw new IllegalArgumentException("the node '" + node.id() + "' is a duplicate");
            }
        }
        statements.mentions().forEach(mention -> require(ids, mention.node()));
        statements.edges().forEach(edge -> {
            require(ids, edge.source());
            require(ids, edge.target());
        });
        said.put(docId, statements);
    }

    private static void require(Set<String> ids, String id) {
        if (!ids.contains(id)) {
            throw new IllegalArgumentException("there is no node '" + id + "' beside it");
        }
    }

    /** What a document says so far, if it was put. */
    public synchronized Optional<Statements> said(String docId) {
        return Optional.ofNullable(said.get(docId));
    }

    /** Removes a document and all that it says, as a person does. */
    public synchronized void remove(String docId) {
        parts.keySet().removeIf(key -> key.docId().equals(docId));
        said.remove(docId);
        revision++;
    }
}
