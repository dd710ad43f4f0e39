package dev.callboard.problem;

import java.io.FileNotFoundException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What failures of files and folders mean, in words: their own messages are a path alone, or the name of a Java class. */
public final class FileFaults {
    private static final String FULL = "the disk is full";

    /** What failures of these types mean, whatever they say. */
    private static final Map<Class<? extends Exception>, String> BY_TYPE = Map.ofEntries(
            Map.entry(NoSuchFileException.class, "there is no such file or folder"),
            Map.entry(FileNotFoundException.class, "there is no such file or folder"),
            Map.entry(AccessDeniedException.class, "access is denied"),
            Map.entry(NotDirectoryException.class, "it is not a folder"),
            Map.entry(FileAlreadyExistsException.class, "there is a file of that name already"),
            Map.entry(DirectoryNotEmptyException.class, "the folder is not empty"),
            Map.entry(FileSystemLoopException.class, "its links lead in a circle"),
            Map.entry(ClosedByInterruptException.class, "it was interrupted"),
            Map.entry(InterruptedIOException.class, "it was interrupted"));

    /** What the operating system says (POSIX {@code strerror}, the last ones of Windows), in lower case, and what it means. */
    private static final List<Map.Entry<String, String>> BY_WORDS = List.of(
            Map.entry("no space left on device", FULL),
            Map.entry("not enough space on the disk", FULL),
            Map.entry("disk quota exceeded", "the quota of the disk is used up"),
            Map.entry("not a directory", "a part of its path is a file, not a folder"),
            Map.entry("is a directory", "it is a folder"),
            Map.entry("read-only file system", "the disk is read-only"),
            Map.entry("too many open files", "too many files are open"),
            Map.entry("file name too long", "its name is too long"),
            Map.entry("too many levels of symbolic links", "its links lead in a circle"),
            Map.entry("permission denied", "access is denied"),
            Map.entry("operation not permitted", "access is denied"));

    private FileFaults() {}

    /** Why it failed: a clause without a full stop that follows "cannot be read: ". */
    public static String reason(Throwable failure) {
        Throwable cause = cause(failure);
        String known = BY_TYPE.get(cause.getClass());
        if (known != null) {
            return known;
        }
        if (cause instanceof CharacterCodingException) {
            return "it is not valid UTF-8";
        }
        String said = cause instanceof FileSystemException fault ? fault.getReason() : cause.getMessage();
        if (said == null || said.isBlank()) {
            return "the operating system does not say why";
        }
        return meaning(said).replaceFirst("\\.$", "");
    }

    /** As {@link #reason(Throwable)}, with the path of what failed where that is another one than what is spoken of. */
    public static String reason(Throwable failure, Path about) {
        String path = cause(failure) instanceof FileSystemException fault ? fault.getFile() : null;
        return path == null
                        || Path.of(path)
                                .toAbsolutePath()
                                .normalize()
                                .equals(about.toAbsolutePath().normalize())
                ? reason(failure)
                : reason(failure) + " (" + path + ")";
    }

    /** Whether there is no room left on the disk. */
    public static boolean isDiskFull(Throwable failure) {
        String said = failure.getMessage();
        return said != null && meaning(said).equals(FULL);
    }

    private static Throwable cause(Throwable failure) {
        return (failure instanceof UncheckedIOException || failure instanceof DirectoryIteratorException)
                        && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    private static String meaning(String said) {
        String words = said.toLowerCase(Locale.ROOT);
        return BY_WORDS.stream()
                .filter(each -> words.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(said);
    }
}
