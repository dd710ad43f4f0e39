package dev.callboard.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What sources of pipelines may do.
 *
 * @param folderRoots the only folders in which, or below which, sources of type {@code folder} may look for files; links
 *     resolved. Default none
 */
public record SourcesConfig(List<Path> folderRoots) {
    /** Copies. */
    public SourcesConfig {
        folderRoots = List.copyOf(folderRoots);
    }

    static SourcesConfig from(ConfigLoader config) {
        return new SourcesConfig(FolderRoots.read(config, ConfigKey.SOURCES_FOLDER_ROOTS));
    }

    /** Why a source may not look into a folder, and how to allow it; nothing when it may. Follows links, so it blocks. */
    public Optional<String> refusal(Path folder) {
        if (folderRoots.isEmpty()) {
            return Optional.of("does not fire: no folders are allowed here. Add it, or a folder around it, to"
                    + " sources.folder_roots in callboard.yaml and restart");
        }
        if (!Files.isDirectory(folder)) {
            return Optional.of("does not fire: there is no folder " + folder);
        }
        try {
            Path real = folder.toRealPath();
            for (Path root : folderRoots) {
                if (real.startsWith(root)) {
                    return Optional.empty();
                }
            }
        } catch (IOException e) {
            return Optional.of("does not fire: the folder " + folder + " cannot be read");
        }
        return Optional.of("does not fire: the folder " + folder
                + " is not in one of sources.folder_roots; add it there in" + " callboard.yaml and restart");
    }
}
