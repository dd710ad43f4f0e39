package dev.callboard.executors;

import dev.callboard.problem.MediaTypes;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stores the files that a program left in a folder. Links are not followed: they may lead to what is not the program's. Blocks. */
final class OutputFiles {
    /** The most files of one stage. */
    private static final int MOST = 1_000;

    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\u2028\\u2029]");

    private OutputFiles() {}

    /**
     * Stores them.
     *
     * @return {@code {name, blob, size, media_type}} of each by name, which is its path in the folder; none when the folder is
     *     not there
     */
    static List<Map<String, Object>> store(Path folder, StageContext context) throws IOException, StageFailure {
        SortedMap<String, Path> found = new TreeMap<>();
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                    if (attributes.isRegularFile()) {
                        found.put(name, file);
                    } else {
                        context.log("outputs/" + name + " is skipped: it is a link or not a file.");
                    }
                    return found.size() > MOST ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }
            });
        }
        if (found.size() > MOST) {
            throw StageFailure.permanent(
                    "too_many_files",
                    "The program left more than " + MOST + " files in outputs, the most that are stored.");
        }
        List<Map<String, Object>> files = new ArrayList<>();
        Set<String> taken = new HashSet<>(found.keySet());
        for (Map.Entry<String, Path> each : found.entrySet()) {
            files.add(stored(shown(each.getKey(), taken), each.getValue(), context));
        }
        return files;
    }

    /** A name as others can read it, and no other file's: what cannot be seen, and what turns text around, is {@code _}. */
    private static String shown(String name, Set<String> taken) {
        String readable = UNSEEN.matcher(name).replaceAll("_");
        String free = readable;
        for (int n = 2; !readable.equals(name) && !taken.add(free); n++) {
            free = readable + "-" + n;
        }
        return free;
    }

    private static Map<String, Object> stored(String name, Path file, StageContext context) throws IOException {
        String blob;
        try (InputStream bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            blob = context.blobs().put(bytes);
        }
        byte[] head;
        try (InputStream bytes = context.blobs().open(blob)) {
            head = bytes.readNBytes(MediaTypes.HEAD);
        }
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", name);
        entry.put("blob", blob);
        entry.put("size", context.blobs().size(blob));
        entry.put("media_type", MediaTypes.detect(name, head));
        return entry;
    }

    /** An output with files: an object gets them as {@code files}; anything else is {@code output} beside them. */
    static @Nullable Object with(@Nullable Object output, List<Map<String, Object>> files, StageContext context) {
        if (files.isEmpty()) {
            return output;
        }
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        if (output instanceof Map<?, ?> map) {
            map.forEach((key, value) -> whole.put(String.valueOf(key), value));
            if (whole.containsKey("files")) {
                context.log("The program's own 'files' gives way to the files that it left in outputs.");
            }
        } else {
            whole.put("output", output);
        }
        whole.put("files", files);
        return whole;
    }
}
