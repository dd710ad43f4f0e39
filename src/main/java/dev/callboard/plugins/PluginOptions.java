package dev.callboard.plugins;

import dev.callboard.fork.Forks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where plugins come from, and how they are loaded.
 *
 * @param folder the folder of plugin jars
 * @param bundled the plugins that travel with the server
 * @param copies where the loaded copies of plugin jars stand
 * @param unpacked where those that travel with the server are unpacked; none copies them too
 * @param forks where plugins run that ask for processes of their own
 * @param enabled false loads none
 * @param loadTimeout how long the code of a plugin may take to register its stages
 * @param startPatience how long the start waits for the code of plugins; what is not there then is shown as being loaded
 * @param rules which plugins are taken, and with which settings
 */
public record PluginOptions(
        Path folder,
        BundledPlugins bundled,
        Path copies,
        Optional<Path> unpacked,
        Forks forks,
        boolean enabled,
        Duration loadTimeout,
        Duration startPatience,
        PluginRules rules) {
    /** Where plugins of the server's jar are unpacked: the user's cache, if there is one that can be written. Blocks shortly. */
    public static Optional<Path> unpackedFolder(Function<String, @Nullable String> environment) {
        return UnpackedPlugins.folder(environment);
    }
}
