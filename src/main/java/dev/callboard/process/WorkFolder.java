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
                "The stage's workdir '" + folder + "' is no folder in one of command.workdir_roots.");
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
