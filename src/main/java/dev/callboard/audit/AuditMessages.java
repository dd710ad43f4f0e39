package dev.callboard.audit;

import dev.callboard.bus.Topic;
import java.util.List;

/** What the audit log says to the rest of the server. */
public final class AuditMessages {
    /** Entries were added and are stored. */
    public static final Topic<AuditAdded> ADDED = new Topic<>("audit.entries.changed", AuditAdded.class);

    private AuditMessages() {}

    /** New entries, in the order in which they were stored. */
    public record AuditAdded(List<AuditEntry> entries) {
        /** Copies. */
        public AuditAdded {
            entries = List.copyOf(entries);
        }
    }
}
