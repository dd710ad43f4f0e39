package dev.callboard.tasks;

import dev.callboard.model.Pipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipelines of {@code config/pipelines/*.yaml}. A file that becomes bad leaves its last good state served. A missing
 * folder is an empty one. All methods block but {@link #files()}.
 */
final class PipelineFolder {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineFolder.class);

    private final Path folder;
    private final SortedMap<String, Seen> seen = new TreeMap<>();
    private volatile List<PipelineFile> files = List.of();

    /** A file, and what it looked like when it was read. */
    private record Seen(@Nullable FileTime modified, long size, PipelineFile file) {}

    PipelineFolder(Path folder) {
        this.folder = folder;
    }

    /** What is served now, by name. */
    List<PipelineFile> files() {
        return files;
    }

    /** Reads what changed. */
    void look() {
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
    }

    private boolean lookAt(String fileName, Path path) {
        Seen before = seen.get(fileName);
        Seen now;
        try {
            FileTime modified = Files.getLastModifiedTime(path);
            long size = Files.size(path);
            if (before != null && modified.equals(before.modified()) && size == before.size()) {
                return false;
            }
            byte[] bytes = size > YamlDocument.MAX_LENGTH ? new byte[0] : Files.readAllBytes(path);
            now = new Seen(modified, size, read(fileName, bytes, before));
        } catch (IOException e) {
            PipelineFile file =
                    keep(fileName, before, List.of(new Fault("", 1, 1, "The file cannot be read: " + e + ".")));
            if (before != null && before.file().equals(file)) {
                return false;
            }
            now = new Seen(null, -1, file);
        }
        seen.put(fileName, now);
        now.file()
                .faults()
                .forEach(fault -> LOG.warn(
                        "Pipeline file {}, line {}, column {}: {} {}",
                        fileName,
                        fault.line(),
                        fault.column(),
                        fault.pointer(),
                        fault.detail()));
        return true;
    }

    private static PipelineFile read(String fileName, byte[] bytes, @Nullable Seen before) {
        PipelineYaml yaml = PipelineYaml.read(bytes);
        Pipeline pipeline = yaml.pipeline();
        return pipeline == null
                ? keep(fileName, before, yaml.faults())
                : new PipelineFile(pipeline.name(), pipeline, List.of());
    }

    private static PipelineFile keep(String fileName, @Nullable Seen before, List<Fault> faults) {
        return before == null
                ? new PipelineFile(fileName.substring(0, fileName.lastIndexOf('.')), null, faults)
                : new PipelineFile(before.file().name(), before.file().pipeline(), faults);
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
        result.sort(java.util.Comparator.comparing(PipelineFile::name));
        return List.copyOf(result);
    }
}
