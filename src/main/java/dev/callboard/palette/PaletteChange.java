package dev.callboard.palette;

import java.util.Locale;

/**
 * One step from a palette revision to the next.
 *
 * @param kind what happened
 * @param revision the revision that it led to
 * @param entry the entry after the change; a removed one as it was
 */
public record PaletteChange(Kind kind, long revision, PaletteEntry entry) {
    /** What can happen to an entry. */
    public enum Kind {
        /** It is new. */
        ADDED,
        /** It is another than before. */
        UPDATED,
        /** It is gone. */
        REMOVED;

        /** The word on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
