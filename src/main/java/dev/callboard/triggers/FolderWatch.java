package dev.callboard.triggers;

import dev.callboard.config.SourcesConfig;
import dev.callboard.pipelines.SourceConfig.Folder;
import dev.callboard.problem.FileFaults;
import dev.callboard.spi.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A folder that a source looks at. One caller at a time; everything blocks. */
final class FolderWatch {
    /** Where files go that were taken. */
    static final String DONE = ".done";

    private static final int MOST_NAMES = 10_000;

    private final Folder config;
    private final SourcesConfig allowed;
    private final Duration settle;
    private final PathMatcher pattern;
    private Map<Path, Since> files = new HashMap<>();

    /** A file in one state. */
    private record State(long size, long modifiedNanos) {}

    private record Since(State state, Instant since) {}

    /**
     * A file that has settled.
     *
     * @param key of the file in this state: other content is another key
     */
    record Ready(Path path, String name, long size, long modifiedNanos, String key) {}

    /**
     * What is in the folder.
     *
     * @param fault why it cannot be scanned, a sentence; nothing when it can
     */
    record Look(Optional<String> fault, List<Ready> files) {
        Look {
            files = List.copyOf(files);
        }
    }

    /**
     * Looks at nothing yet.
     *
     * @param settle how long a file must stay as it is before it is taken
     */
    FolderWatch(Folder config, SourcesConfig allowed, Duration settle) {
        this.config = config;
        this.allowed = allowed;
        this.settle = settle;
        this.pattern = FileSystems.getDefault().getPathMatcher("glob:" + config.pattern());
    }

    Folder config() {
        return config;
    }

    /** What is checked is what is read, whatever becomes of links meanwhile. */
    private static Path real(Path given) {
        try {
            return given.toRealPath();
        } catch (IOException e) {
            return given; // It is not there, which is said below.
        }
    }

    /** Ordinary files that match and have not changed for a while, in the order of their names. */
    Look look(Instant now) {
        Path folder = real(Path.of(config.path()));
        Optional<String> refusal = allowed.refusal(folder);
        if (refusal.isPresent()) {
            return new Look(refusal.map(reason -> "The source " + reason + "."), List.of());
        }
        Map<Path, Since> present = new HashMap<>();
        List<Ready> ready = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, this::named)) {
            for (Path file : found) {
                Optional<State> state = state(file);
                if (state.isPresent()) {
                    Since before = files.get(file);
                    Since since =
                            before != null && before.state().equals(state.get()) ? before : new Since(state.get(), now);
                    present.put(file, since);
                    if (!since.since().plus(settle).isAfter(now)) {
                        ready.add(ready(file, state.get()));
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return new Look(
                    Optional.of("The folder " + folder + " cannot be read: " + FileFaults.reason(e) + "."), List.of());
        }
        files = present;
        ready.sort((one, other) -> one.name().compareTo(other.name()));
        return new Look(Optional.empty(), ready);
    }

    private boolean named(Path file) {
        Path name = file.getFileName();
        return !name.toString().startsWith(".") && pattern.matches(name);
    }

    /** Of an ordinary file; a link is none. */
    private static Optional<State> state(Path file) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? Optional.of(new State(
                            attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)))
                    : Optional.empty();
        } catch (IOException e) {
            // It is gone again, or not ours to read: as if it were not there.
            return Optional.empty();
        }
    }

    private static Ready ready(Path file, State state) {
        String key = Tokens.hash(file + "\n" + state.size() + "\n" + state.modifiedNanos());
        return new Ready(file, file.getFileName().toString(), state.size(), state.modifiedNanos(), key);
    }

    /** Stores the bytes of a file; nothing when it changed since it was scanned. */
    static Optional<String> store(Ready file, BlobStore blobs) throws IOException {
        if (!unchanged(file)) {
            return Optional.empty();
        }
        try (InputStream bytes = Files.newInputStream(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            String blob = blobs.put(bytes);
            return unchanged(file) && blobs.size(blob) == file.size() ? Optional.of(blob) : Optional.empty();
        }
    }

    private static boolean unchanged(Ready file) {
        return state(file.path())
                .filter(new State(file.size(), file.modifiedNanos())::equals)
                .isPresent();
    }

    /** Moves a file that was taken out of the way, beside others of its name; one that has changed stays. */
    static void putAway(Ready file) throws IOException {
        if (!unchanged(file)) {
            return;
        }
        Path done = Files.createDirectories(file.path().resolveSibling(DONE));
        for (int number = 1; number < MOST_NAMES; number++) {
            Path target = done.resolve(numbered(file.name(), number));
            if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(file.path(), target, StandardCopyOption.ATOMIC_MOVE);
                return;
            }
        }
        throw new FileAlreadyExistsException(done.resolve(file.name()).toString());
    }

    private static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.');
        return number == 1
                ? name
                : dot <= 0 ? name + "-" + number : name.substring(0, dot) + "-" + number + name.substring(dot);
    }
}
