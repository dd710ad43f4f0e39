package dev.callboard.executors;

import dev.callboard.model.ExecutorConfigRules;
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
    static CommandRequest of(Map<String, @Nullable Object> config) throws StageFailure {
        Object value = config.get(ExecutorConfigRules.COMMAND);
        Optional<String> fault = ExecutorConfigRules.commandFault(value);
        if (fault.isPresent() || !(value instanceof List<?> words)) {
            throw wrong("'command' " + fault.orElse("must be a list"));
        }
        List<String> command = words.stream().map(String::valueOf).toList();
        return new CommandRequest(command, workdir(config.get(ExecutorConfigRules.WORKDIR)));
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
