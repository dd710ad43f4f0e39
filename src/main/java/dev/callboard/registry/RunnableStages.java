package dev.callboard.registry;

import dev.callboard.model.EntryType;
import dev.callboard.model.ExecutorType;
import dev.callboard.model.StageDefinition;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What this server can run.
 *
 * @param executors the executor types that it has
 * @param unavailable why a definition of one of them could not be run now; may block
 */
record RunnableStages(Set<ExecutorType> executors, Function<StageDefinition, Optional<String>> unavailable) {

    /** Why stages of a definition do not run here, a sentence that says what to do; nothing when they do. May block. */
    Optional<String> reason(StageDefinition stage) {
        if (stage.type() != EntryType.STAGE) {
            return Optional.empty();
        }
        if (executors.contains(stage.executor())) {
            return unavailable.apply(stage);
        }
        return Optional.of(
                stage.executor() == ExecutorType.COMMAND
                        ? "Programs are not started here: command.enabled is off in the server's configuration."
                                + " Set it to true there, name the programs in command.programs, and start the server anew."
                        : "This version of the server does not run '"
                                + stage.executor().word() + "' stages.");
    }
}
