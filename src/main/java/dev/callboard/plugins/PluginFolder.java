package dev.callboard.plugins;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the plugins folder. A jar counts once it has been as it is for some time, so that half a copy is never
 * loaded; at start every jar counts at once. All methods block and are called one at a time.
 */
final class PluginFolder {
    private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);

    /** Of what has a jar's name and is no file: a folder, a pipe, a link that leads nowhere. */
    private static final Signature NO_FILE = new Signature("none", 0, Instant.EPOCH);

    private final Path folder;
    private final Clock clock;
    private final Duration settle;
    private final Map<String, Seen> seen = new HashMap<>();
    private Map<String, Path> paths = Map.of();
    private boolean first = true;

    /**
     * Names the folder; it need not exist.
     *
     * @param settle how long a new or changed jar must stay the same
     */
    PluginFolder(Path folder, Duration settle, Clock clock) {
        this.folder = folder;
        this.settle = settle;
        this.clock = clock;
    }

    /** What distinguishes one state of a jar from another without reading it. */
    record Signature(String key, long size, Instant modified) {}

    private record Seen(Signature signature, Instant since) {}

    /** The settled jars by file name; one that is still being written is left as it was before, if it was there. */
    SortedMap<String, Signature> scan(Map<String, Signature> before) throws IOException {
        Instant now = clock.instant();
        SortedMap<String, Signature> settled = new TreeMap<>();
        Map<String, Signature> present = list();
        seen.keySet().retainAll(present.keySet());
        present.forEach((name, signature) -> {
            Seen last = seen.get(name);
            if (last == null || !last.signature().equals(signature)) {
                last = new Seen(signature, now);
                seen.put(name, last);
            }
            Signature old = before.get(name);
            if (first || signature.equals(old) || !now.isBefore(last.since().plus(settle))) {
                settled.put(name, signature);
            } else if (old != null) {
                settled.put(name, old);
            }
        });
        first = false;
        return settled;
    }

    /** Where the jar of that name was seen last. Its name alone need not lead there: it may be of another charset. */
    Path path(String name) {
        return paths.getOrDefault(name, folder);
    }

    /** Jars that were there last are looked for by name too: a listing may miss one that is being replaced at that moment. */
    private Map<String, Signature> list() throws IOException {
        Map<String, Path> candidates = new HashMap<>(paths);
        Map<String, Signature> present = new HashMap<>();
        if (!Files.isDirectory(folder)) {
            paths = Map.of();
            return present;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.[jJ][aA][rR]")) {
            files.forEach(jar -> candidates.put(String.valueOf(jar.getFileName()), jar));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Map<String, Path> found = new HashMap<>();
        candidates.forEach((name, jar) -> signature(jar).ifPresent(signature -> {
            found.put(name, jar);
            present.put(name, signature);
        }));
        paths = found;
        return present;
    }

    /** Nothing when it is gone; one file that cannot be read says nothing of the others. */
    private static Optional<Signature> signature(Path jar) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
            return Optional.of(
                    attributes.isRegularFile()
                            ? new Signature(
                                    String.valueOf(attributes.fileKey()),
                                    attributes.size(),
                                    attributes.lastModifiedTime().toInstant())
                            : NO_FILE);
        } catch (IOException e) {
            boolean there = Files.exists(jar, LinkOption.NOFOLLOW_LINKS);
            LOG.trace("{} cannot be read", jar, e);
            return there ? Optional.of(NO_FILE) : Optional.empty();
        }
    }
}
