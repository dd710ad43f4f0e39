package dev.callboard.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads lists of folders that pipelines may name: none of them may have anything of the server's own in it, or around it. */
final class FolderRoots {
    private static final List<ConfigKey> OWN =
            List.of(ConfigKey.DATA, ConfigKey.CONFIG, ConfigKey.PLUGINS, ConfigKey.WEBROOT);

    private FolderRoots() {}

    static List<Path> read(ConfigLoader config, ConfigKey key) {
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
