package dev.callboard.documents.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where in the plugin's folder of a project the index is. */
final class IndexPlace {
    private IndexPlace() {}

    /** The index's own folder, made when it is not there; always the same path for the same folder. */
    static Path in(Path folder) throws IOException {
        return Files.createDirectories(folder.resolve("index")).toRealPath();
    }
}
