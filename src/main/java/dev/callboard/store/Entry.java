package dev.callboard.store;

import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision wants stored, as data. Entries of one transaction are written together: first the guards of all of them,
 * then the rows of those whose guard took, with one statement for each text.
 *
 * @param result what is answered once all of it is on the disk
 * @param guard null when nothing may keep the rows from being written
 * @param rows none to store nothing
 * @param committed done once it is on the disk, in the order of the entries; returns at once
 * @param dropped done when it is not, for whatever reason; returns at once
 */
public record Entry<T>(T result, @Nullable Guard guard, List<Rows> rows, Runnable committed, Runnable dropped) {
    private static final Runnable NOTHING = () -> {};

    /** Copies. */
    public Entry {
        rows = List.copyOf(rows);
    }

    /** Nothing to store. */
    public static <T> Entry<T> none(T result) {
        return new Entry<>(result, null, List.of(), NOTHING, NOTHING);
    }

    /**
     * An update of one row. When it finds none, nothing of its entry is written, and the decision is made again.
     *
     * @param firm the same of a row that is certainly there, with the same values: it fails where the other finds none, so that
     *     nobody need wait for its count; null when there is no such statement
     */
    public record Guard(String sql, Tuple values, @Nullable String firm) {
        /** Of a row that may be gone. */
        public Guard(String sql, Tuple values) {
            this(sql, values, null);
        }
    }

    /** Rows for one statement. */
    public record Rows(Phase phase, String sql, List<Tuple> values) {
        /** Copies. */
        public Rows {
            values = List.copyOf(values);
        }
    }

    /** In which order statements run: a row comes after those that it refers to, and takes the place of one removed before. */
    public enum Phase {
        /** Rows that go. */
        REMOVED,
        /** New rows that stand for themselves, as tasks. */
        WHOLES,
        /** New rows that belong to those, as attempts. */
        PARTS,
        /** New rows that belong to parts, and all changes. */
        DETAILS
    }
}
