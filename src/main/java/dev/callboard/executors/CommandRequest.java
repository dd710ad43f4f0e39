package dev.callboard.executors;

import dev.callboard.palette.StageDefinition;
import dev.callboard.problem.Violation;
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
    static final String COMMAND = "command";
    static final String WORKDIR = "workdir";

    private static final int MAX_WORDS = 200;
    private static final int MAX_WORD = 10_000;

    /** What is wrong with the executor's config of a new definition, with pointers into it. */
    static List<Violation> faults(StageDefinition definition) {
        Object command = definition.executorConfig().get(COMMAND);
        Optional<String> fault = commandFault(command);
        return fault.isEmpty() && command instanceof List<?> words
                ? CommandWords.faults(definition, words)
                : List.of(new Violation("/executor_config/" + COMMAND, fault.orElse("must be a list")));
    }

    /** What is wrong with a {@code command}, which continues "it …"; nothing for a program with its arguments. */
    private static Optional<String> commandFault(@Nullable Object value) {
        if (!(value instanceof List<?> words) || words.isEmpty() || words.size() > MAX_WORDS) {
            return Optional.of("must be a list of the program and its arguments, at most " + MAX_WORDS + " in all");
        }
        for (Object element : words) {
            if (!(element instanceof String word) || word.length() > MAX_WORD || word.indexOf('\0') >= 0) {
                return Optional.of("must have texts only, of at most " + MAX_WORD + " characters each");
            }
        }
        String program = String.valueOf(words.get(0));
        return program.isBlank() || program.startsWith("-")
                ? Optional.of("must begin with a program")
                : Optional.empty();
    }

    static CommandRequest of(Map<String, @Nullable Object> config) throws StageFailure {
        Object value = config.get(COMMAND);
        Optional<String> fault = commandFault(value);
        if (fault.isPresent() || !(value instanceof List<?> words)) {
            throw wrong("'command' " + fault.orElse("must be a list"));
        }
        List<String> command = words.stream().map(String::valueOf).toList();
        return new CommandRequest(command, workdir(config.get(WORKDIR)));
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
