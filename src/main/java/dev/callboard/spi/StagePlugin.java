package dev.callboard.spi;

import java.util.List;

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
}
