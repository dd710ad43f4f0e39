package dev.callboard.pipelines;

import dev.callboard.json.Utf8;
import dev.callboard.problem.FileFaults;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.AtomicFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipelines of {@code config/pipelines/*.yaml}. A file that becomes bad leaves its last good state served. A missing
 * folder is an empty one, and files whose names begin with a dot are those of editors and file systems. What reads or writes
 * blocks; one caller at a time.
 *
 * <p>Files are known by the names that can be shown and reached by their paths: without a locale the Java runtime cannot
 * turn every name into a path again.
 */
public final class PipelineFolder {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineFolder.class);

    private final Path folder;
    private final SortedMap<String, Seen> seen = new TreeMap<>();
    private final Map<String, DependsOnRule> rules = new HashMap<>();
    private volatile List<PipelineFile> files = List.of();

    /** What distinguishes one state of a file from another without reading it. */
    private record Signature(String key, FileTime modified, long size) {}

    /** A file, and what it looked like when it was read; no signature when it could not be. */
    private record Seen(Path path, @Nullable Signature signature, PipelineFile file) {}

    /** The file was changed by hand since it was read. */
    static final class OvertakenException extends IOException {
        private static final long serialVersionUID = 1L;

        OvertakenException(String fileName) {
            super(fileName + " was changed by hand meanwhile");
        }
    }

    /** Names the folder, which need not exist. */
    public PipelineFolder(Path folder) {
        this.folder = folder;
    }

    /** Says what stages without {@code depends_on} mean in a file; in one of which nothing was said, what they always meant. */
    void rule(String fileName, DependsOnRule rule) {
        rules.put(fileName, rule);
    }

    /** What was seen last, by name; the same list as long as nothing changed. */
    List<PipelineFile> files() {
        return files;
    }

    /** Reads what changed. */
    public List<PipelineFile> look() {
        SortedMap<String, Path> present = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PipelineFolder::isPipeline)) {
            found.forEach(path -> present.put(path.getFileName().toString(), path));
        } catch (NoSuchFileException e) {
            LOG.debug("there is no folder {}", folder);
        } catch (IOException | DirectoryIteratorException e) {
            throw ProblemException.unavailable(
                    "pipelines_folder_unreadable",
                    "The pipelines folder " + folder + " cannot be read: " + FileFaults.reason(e, folder) + ".");
        }
        boolean changed = seen.keySet().retainAll(present.keySet());
        for (var entry : present.entrySet()) {
            changed |= lookAt(entry.getKey(), entry.getValue());
        }
        if (changed) {
            files = PipelineNames.distinct(
                    seen.values().stream().map(Seen::file).toList());
        }
        return files;
    }

    private static boolean isPipeline(Path path) {
        String name = path.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    private static Signature signature(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            // Reading a pipe would wait for whoever writes into it.
            throw new IOException(attributes.isDirectory() ? "it is a folder" : "it is not an ordinary file");
        }
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
                    : PipelineYaml.read(bytes, rule(fileName));
            now = new Seen(path, signature, PipelineFile.of(fileName, yaml, Utf8.lenient(bytes), known));
            warn(fileName, yaml.warnings());
            warn(fileName, yaml.malformedSchemas());
        } catch (IOException e) {
            PipelineFile file = PipelineFile.bad(
                    fileName, known, "", List.of(new Fault("", 1, 1, "The file cannot be read: " + reason(e) + ".")));
            if (file.equals(known)) {
                return false;
            }
            now = new Seen(path, null, file);
        }
        seen.put(fileName, now);
        warn(fileName, now.file().faults());
        return true;
    }

    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file, or a link that leads nowhere";
        }
        return FileFaults.reason(failure);
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

    /** Removes what writes that were cut off left behind. */
    void removeLeftovers() throws IOException {
        AtomicFile.removeLeftovers(folder, "*.{yaml,yml}");
    }

    /** Where a file of that name is or would be. */
    Path path(String fileName) {
        Seen known = seen.get(fileName);
        return known == null ? folder.resolve(fileName) : known.path();
    }

    /** A file of that name; upper and lower case are the same, as they are on many disks. */
    Optional<String> like(String fileName) {
        return seen.keySet().stream()
                .filter(fileName::equalsIgnoreCase)
                .findFirst()
                .or(() -> Files.exists(path(fileName)) ? Optional.of(fileName) : Optional.empty());
    }

    /** The bytes of a file, null when there is none. */
    byte @Nullable [] bytes(String fileName) throws IOException {
        try {
            return Files.readAllBytes(path(fileName));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Replaces a file, or writes a new one: whole or not at all. Of a link, what it leads to is replaced.
     *
     * @throws OvertakenException when the file is not what was seen last; nothing was written
     */
    void write(String fileName, byte[] bytes) throws IOException {
        Path file = AtomicFile.target(path(fileName));
        Path prepared = AtomicFile.prepare(file, bytes);
        try {
            requireSeen(fileName);
        } catch (IOException e) {
            Files.deleteIfExists(prepared);
            throw e;
        }
        rules.put(fileName, DependsOnRule.PREVIOUS);
        AtomicFile.replace(prepared, file);
    }

    /**
     * Removes a file.
     *
     * @throws OvertakenException when the file is not what was seen last; it is still there
     */
    void remove(String fileName) throws IOException {
        requireSeen(fileName);
        AtomicFile.remove(path(fileName));
        rules.remove(fileName);
    }

    /**
     * Puts a file back as it was.
     *
     * @param bytes null removes it
     * @param rule what {@link #rule(String)} said of it
     */
    void putBack(String fileName, byte @Nullable [] bytes, DependsOnRule rule) throws IOException {
        if (bytes == null) {
            Files.deleteIfExists(path(fileName));
        } else {
            AtomicFile.write(AtomicFile.target(path(fileName)), bytes);
        }
        rules.put(fileName, rule);
    }

    /** What stages without {@code depends_on} mean in a file. */
    DependsOnRule rule(String fileName) {
        return rules.getOrDefault(fileName, DependsOnRule.NONE_WHERE_OTHERS_SAY);
    }

    private void requireSeen(String fileName) throws IOException {
        Seen known = seen.get(fileName);
        Signature now;
        try {
            now = signature(path(fileName));
        } catch (NoSuchFileException e) {
            now = null;
        }
        if (!Objects.equals(now, known == null ? null : known.signature())) {
            throw new OvertakenException(fileName);
        }
    }
}
