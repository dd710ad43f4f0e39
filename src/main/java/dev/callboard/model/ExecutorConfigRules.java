package dev.callboard.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in a stage's {@code executor_config}: what its executor reads and nothing else.
 *
 * <ul>
 *   <li>{@code manual}: {@code instructions}, a template ({@link PromptRules}) of what the person is told
 *   <li>{@code prompt}: {@code prompt}, a template, used where the stage template has none of its own
 *   <li>{@code command}: {@code command}, the list of the program and its arguments, and {@code workdir}
 * </ul>
 *
 * The others take anything, as long as nothing here runs them. A stages file that says more than that is read all the same, so
 * that no stage that was once accepted is lost; it is new definitions that are held to it.
 */
public final class ExecutorConfigRules {
    /** What a person is told; of {@code manual}. */
    public static final String INSTRUCTIONS = "instructions";

    /** A template, used where the stage template has none of its own; of {@code prompt}. */
    public static final String PROMPT = "prompt";

    /** The list of a program and its arguments; of {@code command}. */
    public static final String COMMAND = "command";

    /** The absolute path of the program's folder; of {@code command}. */
    public static final String WORKDIR = "workdir";

    private static final int MAX_TEXT = 100_000;
    private static final int MAX_WORDS = 200;
    private static final int MAX_WORD = 10_000;
    private static final Map<ExecutorType, List<String>> KEYS = Map.of(
            ExecutorType.MANUAL, List.of(INSTRUCTIONS),
            ExecutorType.PROMPT, List.of(PROMPT),
            ExecutorType.COMMAND, List.of(COMMAND, WORKDIR));
    private static final Set<String> TEMPLATES = Set.of(INSTRUCTIONS, PROMPT);
    private static final Set<String> TEXTS = Set.of(INSTRUCTIONS, PROMPT, WORKDIR);

    private ExecutorConfigRules() {}

    /** Everything that is wrong, with pointers into the definition. */
    public static List<Violation> check(StageDefinition definition) {
        ExecutorType executor = definition.executor();
        Map<String, @Nullable Object> config = definition.executorConfig();
        List<String> known = KEYS.get(executor);
        if (known == null) {
            return List.of();
        }
        List<Violation> violations = new ArrayList<>();
        Fields fields = new Fields(config, "/executor_config", violations);
        config.forEach((key, value) -> {
            if (!known.contains(key)) {
                fields.wrong(
                        key,
                        "is not read by the executor '" + executor.word() + "'; it reads " + String.join(", ", known));
            } else if (TEXTS.contains(key) && (!(value instanceof String text) || text.length() > MAX_TEXT)) {
                fields.wrong(key, "must be a text of at most " + MAX_TEXT + " characters");
            } else if (TEMPLATES.contains(key)) {
                violations.addAll(PromptRules.check(String.valueOf(value), fields.pointerOf(key)));
            } else if (key.equals(COMMAND)) {
                commandFault(value).ifPresent(detail -> fields.wrong(COMMAND, detail));
            }
        });
        if (executor == ExecutorType.COMMAND && !config.containsKey(COMMAND)) {
            fields.wrong(COMMAND, "is missing: the list of the program and its arguments");
        }
        return violations;
    }

    /** What is wrong with a {@code command}, which continues "it …"; nothing for a program with its arguments. */
    public static Optional<String> commandFault(@Nullable Object value) {
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

    /** The keys that an executor reads, in order; none for one that takes anything. */
    static List<String> keys(ExecutorType executor) {
        return KEYS.getOrDefault(executor, List.of());
    }
}
