package dev.callboard.palette;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What runs a stage. */
public enum ExecutorType {
    /** Code of the server or a plugin. */
    JAVA("in_process"),
    /** An expression in JSONata over the input. */
    EXPRESSION("in_process"),
    /** A call to a web service. */
    HTTP("remote"),
    /** A call to a language model. */
    PROMPT("remote"),
    /** A child process. */
    COMMAND("process"),
    /** A program that asks the server for work. */
    WORKER("remote"),
    /** A person. */
    MANUAL("human");

    private final String executionType;

    ExecutorType(String executionType) {
        this.executionType = executionType;
    }

    /** All words, separated by commas. */
    static final String WORDS = Stream.of(values()).map(ExecutorType::word).collect(Collectors.joining(", "));

    /** The word on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where the work happens: {@code in_process}, {@code process}, {@code remote} or {@code human}. */
    public String executionType() {
        return executionType;
    }

    /** The executor of that word. */
    public static Optional<ExecutorType> of(@Nullable Object word) {
        for (ExecutorType type : values()) {
            if (type.word().equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
