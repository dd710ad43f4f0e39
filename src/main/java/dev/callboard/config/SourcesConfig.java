package dev.callboard.config;

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

    static SourcesConfig from(ConfigValues config) {
        return new SourcesConfig(FolderRoots.read(config, ConfigKey.SOURCES_FOLDER_ROOTS));
    }

    /** Why a source may not look into a folder, and how to allow it; nothing when it may. Follows links, so it blocks. */
    public Optional<String> refusal(Path folder) {
        return FolderRoots.refusal(ConfigKey.SOURCES_FOLDER_ROOTS, folderRoots, folder)
                .map(reason -> "does not fire: " + reason);
    }
}
