package dev.callboard.executors;

import dev.callboard.json.Json;
import dev.callboard.problem.FileNames;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lays the blobs of a stage's input into a folder, each under a name that is no path, and beside them {@value #MANIFEST}: a
 * list of {@code {file, name, blob, size, media_type}} in the order of the input. Blocks.
 */
final class InputFiles {
    static final String MANIFEST = "manifest.json";

    /** The most files of one stage. */
    private static final int MOST = 1_000;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final BlobStore blobs;
    private final Path folder;
    private final List<Map<String, Object>> manifest = new ArrayList<>();
    private final Set<List<String>> known = new LinkedHashSet<>();
    private final Set<String> taken = new HashSet<>(Set.of(MANIFEST));

    private InputFiles(BlobStore blobs, Path folder) {
        this.blobs = blobs;
        this.folder = folder;
    }

    /**
     * Writes them.
     *
     * @param folder made if it is not there
     * @param inputs JSON-shaped; whatever has a member {@code blob} that is stored counts, however deep
     */
    static void write(BlobStore blobs, Path folder, List<? extends @Nullable Object> inputs)
            throws IOException, StageFailure {
        InputFiles files = new InputFiles(blobs, folder);
        Files.createDirectories(folder);
        for (Object input : inputs) {
            // Two inputs are two files, also when they are the same; within one value the same blob is one file.
            files.known.clear();
            files.take(input);
        }
        Files.writeString(folder.resolve(MANIFEST), Json.writePretty(files.manifest) + "\n");
    }

    private void take(@Nullable Object value) throws IOException, StageFailure {
        if (value instanceof Map<?, ?> map) {
            if (map.get("blob") instanceof String blob && SHA256.matcher(blob).matches()) {
                lay(blob, map);
            }
            for (Object member : map.values()) {
                take(member);
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                take(element);
            }
        }
    }

    private void lay(String blob, Map<?, ?> from) throws IOException, StageFailure {
        long size = blobs.size(blob);
        String name = from.get("name") instanceof String text ? text : "";
        if (size < 0 || !known.add(List.of(blob, name))) {
            return;
        }
        if (manifest.size() >= MOST) {
            throw StageFailure.permanent(
                    "too_many_files", "The input has more than " + MOST + " files, the most that a program is given.");
        }
        String file = free(FileNames.safe(name.isEmpty() ? blob.substring(0, 12) : name));
        try (InputStream bytes = blobs.open(blob)) {
            Files.copy(bytes, folder.resolve(file));
        }
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("file", file);
        entry.put("name", name);
        entry.put("blob", blob);
        entry.put("size", size);
        if (from.get("media_type") instanceof String type) {
            entry.put("media_type", type);
        }
        manifest.add(entry);
    }

    /** Some file systems take names for the same that differ in case alone. */
    private String free(String name) {
        String candidate = name;
        for (int n = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); n++) {
            candidate = FileNames.numbered(name, n);
        }
        return candidate;
    }
}
