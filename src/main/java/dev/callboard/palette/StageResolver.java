package dev.callboard.palette;

import dev.callboard.spi.StageRegistration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Finds what runs a stage type. Safe to call from any thread; never blocks. */
@FunctionalInterface
public interface StageResolver {
    /** The palette entry of a stage type and its code, or nothing when the palette has no such stage. */
    Optional<Resolved> resolve(String stageType);

    /**
     * Which answers these are: the same object as long as none has changed, and another one afterwards, which holds nothing. By
     * default unknown.
     */
    default Object version() {
        return new Object();
    }

    /** The code of a plugin that answers a question of that name, if there is one now. */
    default Optional<Answerer> answerer(String question) {
        return Optional.empty();
    }

    /** Completes as soon as no plugin is being loaded any more that will answer a question of that name; never fails. */
    default CompletionStage<Void> answererLoaded(String question) {
        return CompletableFuture.completedStage(null);
    }

    /** The settings of a stage type; none when the palette has no such stage. */
    default List<Setting> settings(String stageType) {
        return resolve(stageType)
                .map(found -> found.entry().definition().settingsSchema())
                .orElse(List.of());
    }

    /** As {@link #resolve}, with its code held: whoever asked gives it back with {@link StageCode#release}. */
    default Optional<Resolved> resolveAndHold(String stageType) {
        Optional<Resolved> found = resolve(stageType);
        while (found.isPresent() && !found.get().code().hold()) {
            // It was unloaded just now, and is shown no more.
            Thread.onSpinWait();
            found = resolve(stageType);
        }
        return found;
    }

    /**
     * A stage type as it is now; whoever starts work keeps this and so is not touched by later changes.
     *
     * @param entry its palette entry
     * @param registration its code, null when its executor is not {@code java} or nothing implements it
     * @param pluginSettings what the operator set for its plugin, secrets filled in: never log them
     * @param code hold it as long as the registration may be used
     * @param loading whether its plugin is being loaded: what needs it can wait for it, not for long
     */
    record Resolved(
            PaletteEntry entry,
            @Nullable StageRegistration registration,
            Map<String, Object> pluginSettings,
            StageCode code,
            boolean loading) {
        /** Copies. */
        public Resolved {
            pluginSettings = Map.copyOf(pluginSettings);
        }

        /** Of a stage whose plugin is loaded. */
        public Resolved(
                PaletteEntry entry,
                @Nullable StageRegistration registration,
                Map<String, Object> pluginSettings,
                StageCode code) {
            this(entry, registration, pluginSettings, code, false);
        }

        /** Of a stage whose plugin is being loaded. */
        public static Resolved loading(PaletteEntry entry) {
            return new Resolved(entry, null, Map.of(), StageCode.PERMANENT, true);
        }

        /** The same at another state of its palette entry. */
        public Resolved with(PaletteEntry other) {
            return new Resolved(other, registration, pluginSettings, code, loading);
        }

        /** Of a stage that no plugin from outside implements. */
        public Resolved(PaletteEntry entry, @Nullable StageRegistration registration) {
            this(entry, registration, Map.of(), StageCode.PERMANENT);
        }

        @Override
        public String toString() {
            return "Resolved[" + entry.id() + "]";
        }
    }
}
