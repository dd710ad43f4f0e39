package dev.callboard.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What sinks of pipelines may do.
 *
 * @param fileRoots the only folders in which, or below which, sinks of type {@code file} may write; links resolved. Default
 *     none
 */
public record SinksConfig(List<Path> fileRoots) {
    /** Copies. */
    public SinksConfig {
        fileRoots = List.copyOf(fileRoots);
    }

    static SinksConfig from(ConfigValues config) {
        return new SinksConfig(FolderRoots.read(config, ConfigKey.SINKS_FILE_ROOTS));
    }

    /** Why a sink may not write into a folder, and how to allow it; nothing when it may. Follows links, so it blocks. */
    public Optional<String> refusal(Path folder) {
        return FolderRoots.refusal(ConfigKey.SINKS_FILE_ROOTS, fileRoots, folder);
    }
}
