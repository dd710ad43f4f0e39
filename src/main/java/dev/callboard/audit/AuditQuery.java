package dev.callboard.audit;

import dev.callboard.problem.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit log; what is null or empty does not matter.
 *
 * @param words each must be in the actor, the kind, the title, the subject or the detail, without regard to case
 * @param kinds one of them, whole or with a dot at its end for all kinds that begin so
 * @param sources where it came from
 * @param since not before that
 * @param until before that
 * @param before only entries older than the one of that id
 */
public record AuditQuery(
        List<String> words,
        List<String> kinds,
        Set<Source> sources,
        @Nullable String subject,
        @Nullable String actor,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String before) {
    /** All of them. */
    public static final AuditQuery ALL = new AuditQuery(List.of(), List.of(), Set.of(), null, null, null, null, null);

    /** Where changes come from. */
    public enum Source {
        /** People and programs, over the API or the command line. */
        PEOPLE,
        /** Files and folders that the server follows. */
        FILES,
        /** The server: how tasks and stages ended, and what it found by itself. */
        SERVER
    }

    /** Copies. */
    public AuditQuery {
        words = List.copyOf(words);
        kinds = List.copyOf(kinds);
        sources = Set.copyOf(sources);
    }

    /** The same, older than the entry of that id. */
    public AuditQuery olderThan(String id) {
        return new AuditQuery(words, kinds, sources, subject, actor, since, until, id);
    }

    /** The lowest id that an entry of {@link #since} can have: an id is made when the entry is, or later. */
    @Nullable
    String firstId() {
        return since == null ? null : Ids.first(since);
    }
}
