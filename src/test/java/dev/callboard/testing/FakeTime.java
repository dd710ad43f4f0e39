package dev.callboard.testing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * A machine's clock that is set while processes run, with libfaketime: what measures time without it (as {@link System#nanoTime})
 * goes on evenly, as on a machine whose clock is set.
 */
public final class FakeTime {
    /** For a process with many threads. */
    private static final String LIBRARY = "libfaketimeMT.so.1";

    private final Path file;
    private final Path library;

    private FakeTime(Path file, Path library) {
        this.file = file;
        this.library = library;
    }

    /** The clock as it is, until it is set; nothing where the library is not installed. */
    public static Optional<FakeTime> in(Path folder) throws IOException {
        for (Path root : new Path[] {Path.of("/usr/lib"), Path.of("/usr/local/lib")}) {
            Optional<Path> library = find(root);
            if (library.isPresent()) {
                FakeTime time = new FakeTime(folder.resolve("faketime"), library.get());
                time.set("+0");
                return Optional.of(time);
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> find(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return Optional.empty();
        }
        Path plain = root.resolve("faketime").resolve(LIBRARY);
        if (Files.exists(plain)) {
            return Optional.of(plain);
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, "*-linux-*")) {
            for (Path folder : folders) {
                Path library = folder.resolve("faketime").resolve(LIBRARY);
                if (Files.exists(library)) {
                    return Optional.of(library);
                }
            }
        }
        return Optional.empty();
    }

    /** Sets it, for the processes that run too; they see it within a second. {@code +1h}, {@code -1d}, {@code +0}. */
    public void set(String ahead) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, ahead + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The variables with which a process goes by it. */
    public Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "DONT_FAKE_MONOTONIC", "1");
    }
}
