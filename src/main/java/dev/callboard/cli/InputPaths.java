package dev.callboard.cli;

import dev.callboard.problem.FileFaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * The files that {@code --input} means: a folder stands for all files below it, and a pattern that is no file's name
 * ({@code 'papers/*.pdf'}, {@code **} for any depth) for those that it matches; files and folders whose names begin with a dot
 * are left out. Both are in the order of their paths.
 */
final class InputPaths {
    /** The most inputs of a task. */
    private static final int MOST = 1_000;

    private InputPaths() {}

    /** The inputs with files in the place of folders and patterns, those that are there already left out; fails with {@code unreadable_input}. */
    static List<String> expand(List<String> inputs) {
        List<String> expanded = new ArrayList<>();
        for (String input : inputs) {
            List<String> files = filesOf(input);
            files.stream()
                    .filter(file -> file.equals(input) || !expanded.contains(file))
                    .forEach(expanded::add);
            if (expanded.size() > MOST) {
                throw RunRequest.unreadable(
                        input,
                        "a task takes at most " + MOST + " inputs, and with it there are more; start several runs");
            }
        }
        return expanded;
    }

    private static List<String> filesOf(String input) {
        if (AddressInput.isAddress(input) || input.isBlank() || input.equals("-")) {
            return List.of(input);
        }
        try {
            Path path = Path.of(input);
            if (Files.isDirectory(path)) {
                List<String> files = below(path, file -> true, Integer.MAX_VALUE);
                if (files.isEmpty()) {
                    throw RunRequest.unreadable(input, "it is a folder without files");
                }
                return files;
            }
            if (!Files.exists(path) && input.matches(".*[*?\\[{].*")) {
                return matching(input);
            }
        } catch (InvalidPathException e) {
            // Reported when it is read as a file.
            return List.of(input);
        } catch (IOException | UncheckedIOException e) {
            throw RunRequest.unreadable(input, FileFaults.reason(e, Path.of("")));
        }
        return List.of(input);
    }

    private static List<String> matching(String input) throws IOException {
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + input);
        } catch (PatternSyntaxException e) {
            throw RunRequest.unreadable(input, "it is no file, and no pattern either: " + e.getDescription());
        }
        String fixed = input.replaceFirst("[*?\\[{].*$", "");
        String folder = fixed.substring(0, fixed.lastIndexOf('/') + 1);
        int depth = input.contains("**")
                ? Integer.MAX_VALUE
                : (int) input.substring(folder.length())
                                .chars()
                                .filter(c -> c == '/')
                                .count()
                        + 1;
        Path from = Path.of(folder);
        List<String> files = Files.isDirectory(folder.isEmpty() ? Path.of(".") : from)
                ? below(from, matcher::matches, depth)
                : List.of();
        if (files.isEmpty()) {
            throw RunRequest.unreadable(input, "no file matches it");
        }
        return files;
    }

    private static List<String> below(Path folder, PathMatcher matcher, int depth) throws IOException {
        Path start = folder.toString().isEmpty() ? Path.of(".") : folder;
        try (Stream<Path> all = Files.walk(start, depth)) {
            return all.map(path -> folder.toString().isEmpty() ? start.relativize(path) : path)
                    .filter(path -> !isHidden(folder, path) && Files.isRegularFile(path) && matcher.matches(path))
                    .sorted()
                    .map(Path::toString)
                    .toList();
        }
    }

    private static boolean isHidden(Path folder, Path path) {
        Path inside = folder.toString().isEmpty() ? path : folder.relativize(path);
        for (Path part : inside) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }
}
