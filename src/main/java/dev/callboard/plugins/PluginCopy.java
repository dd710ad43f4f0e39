package dev.callboard.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the code of a plugin is loaded from.
 *
 * @param kept whether it is there for later starts too, else it goes with the code that was loaded from it
 */
record PluginCopy(Path path, boolean kept) {
    /** Nothing is loaded from it any more. */
    void release() throws IOException {
        if (!kept) {
            Files.deleteIfExists(path);
        }
    }
}
