package dev.callboard.wordpiece;

import java.util.Arrays;

/** A tree of characters, each piece with its id, in one hash table of edges, which takes some 2 MB for 30,000 pieces; nodes are numbers from 1. */
final class PieceTree {
    private static final int FIRST_CAPACITY = 1 << 17;
    /** Code points have 21 bits. */
    private static final int POINT_BITS = 21;

    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** Node and code point, 0 for a free place. */
    private long[] edges = new long[FIRST_CAPACITY];

    private int[] targets = new int[FIRST_CAPACITY];
    private int used;
    /** The two roots are nodes 1 and 2. */
    private int nodes = 2;

    /** By node: the id of the piece that ends there, or -1. */
    private int[] ids = filled(FIRST_CAPACITY);

    private static int[] filled(int length) {
        int[] none = new int[length];
        Arrays.fill(none, -1);
        return none;
    }

    /** Adds a piece below a root. */
    void add(int root, String piece, int id) {
        int node = root;
        for (int i = 0; i < piece.length(); ) {
            int point = piece.codePointAt(i);
            i += Character.charCount(point);
            int next = next(node, point);
            if (next == 0) {
                next = ++nodes;
                put(edge(node, point), next);
            }
            node = next;
        }
        if (node >= ids.length) {
            int[] more = filled(Math.max(node + 1, ids.length * 2));
            System.arraycopy(ids, 0, more, 0, ids.length);
            ids = more;
        }
        ids[node] = id;
    }

    /**
     * Where the longest piece ends that begins at a place.
     *
     * @return {@code from} when there is none
     */
    int longest(int root, int[] word, int from, int length) {
        int node = root;
        int end = from;
        for (int i = from; i < length; i++) {
            node = next(node, word[i]);
            if (node == 0) {
                return end;
            }
            if (node < ids.length && ids[node] >= 0) {
                end = i + 1;
            }
        }
        return end;
    }

    /** The id of the piece that a part of a word is, which {@link #longest} has found. */
    int id(int root, int[] word, int from, int end) {
        int node = root;
        for (int i = from; i < end; i++) {
            node = next(node, word[i]);
        }
        return ids[node];
    }

    private int next(int node, int point) {
        long edge = edge(node, point);
        int place = place(edge);
        return edges[place] == edge ? targets[place] : 0;
    }

    private static long edge(int node, int point) {
        return (long) node << POINT_BITS | point;
    }

    /** Where an edge is, or would be. */
    private int place(long edge) {
        int mask = edges.length - 1;
        int place = (int) (edge * MIX >>> 40) & mask;
        while (edges[place] != 0 && edges[place] != edge) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void put(long edge, int target) {
        if (used * 2 >= edges.length) {
            grow();
        }
        int place = place(edge);
        edges[place] = edge;
        targets[place] = target;
        used++;
    }

    private void grow() {
        long[] oldEdges = edges;
        int[] oldTargets = targets;
        edges = new long[oldEdges.length * 2];
        targets = new int[oldEdges.length * 2];
        for (int i = 0; i < oldEdges.length; i++) {
            if (oldEdges[i] != 0) {
                int place = place(oldEdges[i]);
                edges[place] = oldEdges[i];
                targets[place] = oldTargets[i];
            }
        }
    }
}
