package dev.callboard.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps files of the database as they were found, in {@code damaged/<kind>-<number>/} of the data folder; the newest few of
 * each kind.
 */
final class DamagedCopies {
    /** So many of each kind are kept. */
    static final int KEPT = 5;

    private final Path folder;

    DamagedCopies(Path data) {
        this.folder = data.resolve("damaged");
    }

    /**
     * Copies files.
     *
     * @param kind of what happened to them: {@code log}, {@code torn}
     * @return the folder where the copies are
     * @throws IOException when they cannot be copied whole
     */
    Path keep(String kind, List<Path> files) throws IOException {
        Path copy = begin(kind);
        for (Path file : files) {
            Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
        return copy;
    }

    /** Makes an empty folder for copies of a kind, and removes the oldest one where there are many. */
    Path begin(String kind) throws IOException {
        Files.createDirectories(folder);
        List<Path> before = before(kind);
        int number = before.isEmpty() ? 1 : number(before.get(before.size() - 1)) + 1;
        Path copy = folder.resolve(String.format("%s-%04d", kind, number));
        Files.createDirectories(copy);
        for (int i = 0; i < before.size() - (KEPT - 1); i++) {
            remove(before.get(i));
        }
        return copy;
    }

    private List<Path> before(String kind) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().matches(kind + "-\\d{4,9}"))
                    .sorted(Comparator.comparingInt(DamagedCopies::number))
                    .toList();
        }
    }

    private static int number(Path copy) {
        String name = copy.getFileName().toString();
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    private static void remove(Path copy) throws IOException {
        try (Stream<Path> files = Files.list(copy)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(copy);
    }
}
