package dev.callboard.tasks;

import dev.callboard.store.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipelines of {@code config/pipelines/*.yaml}. A file that becomes bad leaves its last good state served. A missing
 * folder is an empty one. What reads or writes blocks; one caller at a time.
 */
final class PipelineFolder {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineFolder.class);

    private final Path folder;
    private final SortedMap<String, Seen> seen = new TreeMap<>();
    private volatile List<PipelineFile> files = List.of();

    /** What tells one state of a file from another without reading it. */
    private record Signature(String key, FileTime modified, long size) {}

    /** A file, and what it looked like when it was read; no signature when it could not be. */
    private record Seen(@Nullable Signature signature, PipelineFile file) {}

    /** The file was changed by hand since it was looked at. */
    static final class OvertakenException extends IOException {
        private static final long serialVersionUID = 1L;

        OvertakenException(String fileName) {
            super(fileName + " was changed by hand meanwhile");
        }
    }

    PipelineFolder(Path folder) {
        this.folder = folder;
    }

    /** What was seen last, by name; the same list as long as nothing changed. */
    List<PipelineFile> files() {
        return files;
    }

    /** Reads what changed. */
    List<PipelineFile> look() {
        SortedMap<String, Path> present = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.{yaml,yml}")) {
            found.forEach(path -> present.put(path.getFileName().toString(), path));
        } catch (NoSuchFileException e) {
            LOG.debug("there is no folder {}", folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean changed = seen.keySet().retainAll(present.keySet());
        for (var entry : present.entrySet()) {
            changed |= lookAt(entry.getKey(), entry.getValue());
        }
        if (changed) {
            files = served(seen.values().stream().map(Seen::file).toList());
        }
        return files;
    }

    private static Signature signature(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Signature(String.valueOf(attributes.fileKey()), attributes.lastModifiedTime(), attributes.size());
    }

    private boolean lookAt(String fileName, Path path) {
        Seen before = seen.get(fileName);
        PipelineFile known = before == null ? null : before.file();
        Seen now;
        try {
            Signature signature = signature(path);
            if (before != null && signature.equals(before.signature())) {
                return false;
            }
            byte[] bytes = signature.size() > YamlDocument.MAX_LENGTH * 4L ? new byte[0] : Files.readAllBytes(path);
            PipelineYaml yaml = bytes.length == 0 && signature.size() > 0
                    ? PipelineYaml.unreadable("The file is too large for a pipeline.")
                    : PipelineYaml.read(bytes);
            now = new Seen(
                    signature, PipelineFile.of(fileName, yaml, new String(bytes, StandardCharsets.UTF_8), known));
            warn(fileName, yaml.warnings());
        } catch (IOException e) {
            PipelineFile file = PipelineFile.bad(
                    fileName, known, "", List.of(new Fault("", 1, 1, "The file cannot be read: " + e + ".")));
            if (file.equals(known)) {
                return false;
            }
            now = new Seen(null, file);
        }
        seen.put(fileName, now);
        warn(fileName, now.file().faults());
        return true;
    }

    private static void warn(String fileName, List<Fault> faults) {
        faults.forEach(fault -> LOG.warn(
                "Pipeline file {}, line {}, column {}: {} {}",
                fileName,
                fault.line(),
                fault.column(),
                fault.pointer(),
                fault.detail()));
    }

    /** Of two files with one pipeline name the first by file name is served. */
    private static List<PipelineFile> served(Collection<PipelineFile> found) {
        List<PipelineFile> result = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (PipelineFile file : found) {
            if (names.add(file.name())) {
                result.add(file);
            } else {
                LOG.warn("Two pipeline files have the name {}; the first one is served.", file.name());
            }
        }
        result.sort(Comparator.comparing(PipelineFile::name));
        return List.copyOf(result);
    }

    /** Removes what writes that were cut off left behind. */
    void removeLeftovers() throws IOException {
        AtomicFile.removeLeftovers(folder, "*.{yaml,yml}");
    }

    /** Where a file of that name is or would be. */
    Path path(String fileName) {
        return folder.resolve(fileName);
    }

    /** Whether there is such a file. */
    boolean has(String fileName) {
        return Files.exists(folder.resolve(fileName));
    }

    /** The bytes of a file, null when there is none. */
    byte @Nullable [] bytes(String fileName) throws IOException {
        try {
            return Files.readAllBytes(folder.resolve(fileName));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Replaces a file, or writes a new one: whole or not at all.
     *
     * @throws OvertakenException when the file is not what was seen last; nothing was written
     */
    void write(String fileName, byte[] bytes) throws IOException {
        Path file = folder.resolve(fileName);
        Path prepared = AtomicFile.prepare(file, bytes);
        try {
            requireSeen(fileName);
        } catch (IOException e) {
            Files.deleteIfExists(prepared);
            throw e;
        }
        AtomicFile.replace(prepared, file);
    }

    /**
     * Removes a file.
     *
     * @throws OvertakenException when the file is not what was seen last; it is still there
     */
    void remove(String fileName) throws IOException {
        requireSeen(fileName);
        AtomicFile.remove(folder.resolve(fileName));
    }

    /** Puts a file back as it was; null removes it. */
    void putBack(String fileName, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            Files.deleteIfExists(folder.resolve(fileName));
        } else {
            AtomicFile.write(folder.resolve(fileName), bytes);
        }
    }

    private void requireSeen(String fileName) throws IOException {
        Seen known = seen.get(fileName);
        Signature now;
        try {
            now = signature(folder.resolve(fileName));
        } catch (NoSuchFileException e) {
            now = null;
        }
        if (!Objects.equals(now, known == null ? null : known.signature())) {
            throw new OvertakenException(fileName);
        }
    }
}
