package dev.callboard.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds programs as a shell would, without one.
 *
 * @param searchPath folders with the system's separator between them, as in the environment variable {@code PATH}
 */
public record Programs(String searchPath) {
    private static final String USUAL = "/usr/local/bin:/usr/bin:/bin";

    /** Those of a search path as it stands in the environment; of the usual folders when there is none. */
    public static Programs of(@Nullable String searchPath) {
        return new Programs(searchPath == null || searchPath.isBlank() ? USUAL : searchPath);
    }

    /**
     * Finds a program.
     *
     * @param name a path, relative ones in {@code folder}, or a name that is looked for in the search path
     * @return its absolute path, nothing if there is no such program
     */
    public Optional<Path> find(String name, Path folder) {
        try {
            if (name.indexOf('/') >= 0 || name.indexOf(File.separatorChar) >= 0) {
                return program(folder.resolve(name));
            }
            for (String entry : searchPath.split(File.pathSeparator)) {
                Optional<Path> found = entry.isEmpty() ? Optional.empty() : program(Path.of(entry, name));
                if (found.isPresent()) {
                    return found;
                }
            }
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /**
     * Whether a program that was found is one of these.
     *
     * @param allowed names, which stand for what is found in the search path, and absolute paths
     */
    public boolean isOneOf(Path program, List<String> allowed) {
        return allowed.stream().flatMap(name -> find(name, program).stream()).anyMatch(each -> inRealFolder(each)
                .equals(inRealFolder(program)));
    }

    /** Links of folders are followed, since {@code /bin} may be one; that of the program itself says what it does. */
    private static Path inRealFolder(Path program) {
        try {
            return program.resolveSibling("").toRealPath().resolve(program.getFileName());
        } catch (IOException e) {
            return program.normalize();
        }
    }

    private static Optional<Path> program(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path)
                ? Optional.of(path.toAbsolutePath())
                : Optional.empty();
    }
}
