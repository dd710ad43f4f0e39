package dev.callboard.spi;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A plugin's entry point, found through {@code META-INF/services/dev.callboard.spi.StagePlugin}.
 *
 * <p>It needs a public constructor without parameters. The jar also carries {@code META-INF/callboard/stages.json}, the
 * palette entries of its stages; a registration that disagrees with that file is refused, and with it the whole jar.
 */
public interface StagePlugin {
    /**
     * The stages that this plugin implements, asked for once, when the jar is loaded.
     *
     * @return one registration for each stage type, never null
     */
    List<StageRegistration> stages();

    /**
     * The questions that this plugin answers for the server and for stages of other plugins, by name; {@code stages.json} names them in {@code queries}. What
     * answers is executed as a stage is, by itself and not in a task: its input is the question, its output the answer, and of its
     * context only project, plugin settings, network, blobs, library and folder have a meaning. Processes are kept warm for them.
     *
     * <p>The server asks {@code search} and {@code embed-text}, stages ask by {@link StageContext#ask};
     * {@code docs/guides/plugin-specification.md} says what they are.
     *
     * @since 1.2
     */
    default Map<String, Supplier<? extends Stage>> queries() {
        return Map.of();
    }
}
