package dev.callboard.process;

import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a child process works: an empty folder of its own, removed with all that is in it, or a folder that the
 * configuration allows, left as it is.
 */
public record WorkFolder(Path path, boolean fresh) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);

    /**
     * An empty folder, for the server's user alone where the file system can say so.
     *
     * @param parent made if it is not there
     * @param prefix how its name begins
     */
    public static WorkFolder fresh(Path parent, String prefix) throws IOException {
        Files.createDirectories(parent);
        return new WorkFolder(Files.createTempDirectory(parent.toRealPath(), prefix), true);
    }

    /**
     * A folder that is there.
     *
     * @throws StageFailure when there is no such folder, or it is, links followed, outside of all roots
     */
    public static WorkFolder existing(Path folder, List<Path> roots) throws StageFailure {
        try {
            Path real = folder.toRealPath();
            for (Path root : roots) {
                if (Files.isDirectory(root) && Files.isDirectory(real) && real.startsWith(root.toRealPath())) {
                    return new WorkFolder(real, false);
                }
            }
        } catch (IOException e) {
            LOG.debug("workdir {}", folder, e);
        }
        throw StageFailure.permanent(
                "invalid_workdir",
                refusal(folder, roots)
                        .orElse("There is no folder '" + folder + "', the stage's workdir. Make it first."));
    }

    /**
     * Why a folder can never be worked in, whether it is there yet or not; nothing when it may. Follows links, so it blocks.
     *
     * @return a sentence, and how to allow it
     */
    public static Optional<String> refusal(Path folder, List<Path> roots) {
        Path real = real(folder);
        return roots.stream().map(WorkFolder::real).anyMatch(real::startsWith)
                ? Optional.empty()
                : Optional.of("The stage's workdir '" + folder
                        + "' is not a folder in one of command.workdir_roots. Add it, or"
                        + " a folder around it, there in the server's configuration, and start the server anew.");
    }

    /** Where a path leads; of one that is not there yet, where the part of it that is there leads. */
    private static Path real(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        try {
            return whole.toRealPath();
        } catch (IOException e) {
            LOG.debug("{} is not there yet", whole, e);
            Path parent = whole.getParent();
            return parent == null ? whole : real(parent).resolve(whole.getFileName());
        }
    }

    /** What cannot be removed stays, and the log says so: it is no reason to fail. */
    @Override
    public void close() {
        if (!fresh) {
            return;
        }
        try {
            Files.walkFileTree(path, new Removal());
        } catch (IOException e) {
            LOG.warn("The working folder {} cannot be removed: {}", path, e.toString());
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            // A program may have taken its own right to write away.
            if (!folder.toFile().setWritable(true, true)) {
                LOG.debug("{} stays as it is", folder);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(folder);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
