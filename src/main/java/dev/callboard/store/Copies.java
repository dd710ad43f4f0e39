package dev.callboard.store;

/** What is kept in memory of the database. Told in the order of the writes, never while one runs beside it. */
public interface Copies {
    /** Something is being changed by another way than through its copy. */
    void outdated(String id);

    /** What was decided since the last commit is not stored. */
    void undone();
}
