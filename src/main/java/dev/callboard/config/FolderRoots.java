package dev.callboard.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads lists of folders that pipelines may name: none of them may have anything of the server's own in it, or around it. */
final class FolderRoots {
    private static final List<ConfigKey> OWN =
            List.of(ConfigKey.DATA, ConfigKey.CONFIG, ConfigKey.PLUGINS, ConfigKey.WEBROOT);

    private FolderRoots() {}

    static List<Path> read(ConfigValues config, ConfigKey key) {
        List<Path> roots = new ArrayList<>();
        for (String text : config.list(key)) {
            try {
                Path given = Path.of(text);
                if (!given.isAbsolute()) {
                    config.wrong(key, "must be whole paths of folders, such as /srv/inbox, not '" + text + "'");
                    continue;
                }
                Path root = real(given);
                for (ConfigKey own : OWN) {
                    if (!config.text(own).isEmpty()) {
                        Path folder = real(Path.of(config.text(own)));
                        if (root.startsWith(folder) || folder.startsWith(root)) {
                            config.wrong(
                                    key,
                                    "must not have '" + text + "', which contains the server's " + own.path()
                                            + " folder or lies in it");
                        }
                    }
                }
                roots.add(root);
            } catch (InvalidPathException e) {
                config.wrong(key, "must be paths of folders");
            }
        }
        return roots;
    }

    /**
     * Why a pipeline may not use a folder, and how to allow it; nothing when it may. Follows links, so it blocks.
     *
     * @param roots as {@link #read} gave them
     */
    static Optional<String> refusal(ConfigKey key, List<Path> roots, Path folder) {
        if (roots.isEmpty()) {
            return Optional.of("no folders are allowed here. Add it, or a folder around it, to " + key.path()
                    + " in callboard.yaml and restart");
        }
        if (!Files.isDirectory(folder)) {
            return Optional.of("there is no folder " + folder);
        }
        try {
            Path real = folder.toRealPath();
            return roots.stream().anyMatch(real::startsWith)
                    ? Optional.empty()
                    : Optional.of("the folder " + folder + " is not in one of " + key.path()
                            + "; add it there in callboard.yaml and restart");
        } catch (IOException e) {
            return Optional.of("the folder " + folder + " cannot be read");
        }
    }

    /** Where a path leads; of one that is not there yet, where the part of it that is there leads. */
    private static Path real(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        try {
            return whole.toRealPath();
        } catch (IOException e) {
            Path parent = whole.getParent();
            return parent == null ? whole : real(parent).resolve(whole.getFileName());
        }
    }
}
