package dev.callboard.audit;

import dev.callboard.bus.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One thing that somebody did.
 *
 * @param id of the row, in the order of time; empty before it is stored
 * @param at when, in whole milliseconds
 * @param actor who
 * @param origin from where, as in {@link Caller#from()}
 * @param kind a stable machine word such as {@code stage.added} or {@code task.approved}
 * @param subject what it was done to: a stage's, plugin file's, pipeline's, project's or task's id
 * @param title what that was called then, empty in rows of versions that did not keep it
 * @param detail a few words, at most {@value #MAX_DETAIL} characters, possibly empty
 */
public record AuditEntry(
        String id, Instant at, String actor, String origin, String kind, String subject, String title, String detail) {
    /** The most characters of a detail; longer ones are cut. */
    public static final int MAX_DETAIL = 2_000;

    private static final int MAX_ACTOR = 128;
    private static final int MAX_ORIGIN = 200;
    private static final int MAX_SUBJECT = 300;

    /** Cuts what is too long or too fine. */
    public AuditEntry {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        actor = cut(actor, MAX_ACTOR);
        origin = cut(origin, MAX_ORIGIN);
        subject = cut(subject, MAX_SUBJECT);
        title = cut(title, MAX_SUBJECT);
        detail = cut(detail, MAX_DETAIL);
    }

    /**
     * What something was done to.
     *
     * @param id stays the same
     * @param title what people call it, may change
     */
    public record Target(String id, String title) {
        /** Something whose id is what people call it. */
        public static Target named(String name) {
            return new Target(name, name);
        }
    }

    /** Something that a caller did, not stored yet. */
    public static AuditEntry by(Caller caller, String kind, Target target, String detail, Instant at) {
        return new AuditEntry("", at, caller.name(), caller.from(), kind, target.id(), target.title(), detail);
    }

    /** The entry as it is stored. */
    AuditEntry withId(String stored) {
        return new AuditEntry(stored, at, actor, origin, kind, subject, title, detail);
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
        return text.substring(0, end) + "…";
    }
}
