package dev.callboard.model;

import org.jspecify.annotations.Nullable;

/**
 * A registered source, stage or sink.
 *
 * @param definition what its author said
 * @param origin where it comes from
 * @param plugin the plugin that runs or brings it, null when none does
 * @param unavailable why it cannot run, null when it can
 * @param revision the palette revision at which this entry last changed
 */
public record PaletteEntry(
        StageDefinition definition,
        Origin origin,
        @Nullable String plugin,
        @Nullable String unavailable,
        long revision) {

    /** The definition's id. */
    public String id() {
        return definition.id();
    }

    /** Whether a task can run it now. */
    public boolean available() {
        return unavailable == null;
    }

    /** The same entry at another revision. */
    public PaletteEntry at(long newRevision) {
        return new PaletteEntry(definition, origin, plugin, unavailable, newRevision);
    }
}
