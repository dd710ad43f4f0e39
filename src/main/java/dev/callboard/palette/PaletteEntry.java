package dev.callboard.palette;

import org.jspecify.annotations.Nullable;

/**
 * A registered source, stage or sink.
 *
 * @param definition what its author said
 * @param origin where it comes from
 * @param plugin the plugin that runs or brings it, null when none does
 * @param unavailable why it cannot run, null when it can
 * @param needsPrompt whether it runs only where the stage template has a prompt
 * @param revision the palette revision at which this entry last changed
 */
public record PaletteEntry(
        StageDefinition definition,
        Origin origin,
        @Nullable String plugin,
        @Nullable String unavailable,
        boolean needsPrompt,
        long revision) {
    /** One that runs without a prompt. */
    public PaletteEntry(
            StageDefinition definition,
            Origin origin,
            @Nullable String plugin,
            @Nullable String unavailable,
            long revision) {
        this(definition, origin, plugin, unavailable, false, revision);
    }

    /** The definition's id. */
    public String id() {
        return definition.id();
    }

    /** Whether a task can run it now; where it needs a prompt, with one. */
    public boolean available() {
        return unavailable == null;
    }

    /** The same entry at another revision. */
    public PaletteEntry at(long newRevision) {
        return new PaletteEntry(definition, origin, plugin, unavailable, needsPrompt, newRevision);
    }
}
