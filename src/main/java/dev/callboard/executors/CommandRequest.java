package dev.callboard.executors;

import dev.callboard.spi.StageFailure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code command} stage starts, from its executor's config alone: nothing of a task gets in.
 *
 * @param command program and arguments, {@code command}: at least the program
 * @param workdir {@code workdir}: an absolute folder, empty for a fresh one
 */
record CommandRequest(List<String> command, Optional<Path> workdir) {
    private static final int MAX_ARGUMENTS = 200;
    private static final int MAX_LENGTH = 10_000;

    static CommandRequest of(Map<String, @Nullable Object> config) throws StageFailure {
        if (!(config.get("command") instanceof List<?> list) || list.isEmpty() || list.size() > MAX_ARGUMENTS) {
            throw wrong("'command' must be a list of the program and its arguments, at most " + MAX_ARGUMENTS);
        }
        for (Object argument : list) {
            if (!(argument instanceof String text) || text.length() > MAX_LENGTH || text.indexOf('\0') >= 0) {
                throw wrong("'command' must have texts only, of at most " + MAX_LENGTH + " characters each");
            }
        }
        List<String> command = list.stream().map(String::valueOf).toList();
        if (command.get(0).isBlank() || command.get(0).startsWith("-")) {
            throw wrong("'command' must begin with a program");
        }
        return new CommandRequest(command, workdir(config.get("workdir")));
    }

    private static Optional<Path> workdir(@Nullable Object value) throws StageFailure {
        if (value == null || "".equals(value)) {
            return Optional.empty();
        }
        try {
            if (value instanceof String text && Path.of(text).isAbsolute()) {
                return Optional.of(Path.of(text));
            }
        } catch (InvalidPathException e) {
            // Said below, together with what is right.
        }
        throw wrong("'workdir' must be the absolute path of a folder");
    }

    private static StageFailure wrong(String detail) {
        return StageFailure.permanent("invalid_command", "The stage's executor config cannot be used: " + detail + ".");
    }
}
