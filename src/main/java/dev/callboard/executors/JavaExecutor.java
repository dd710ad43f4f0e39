package dev.callboard.executors;

import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageExecutor;
import dev.callboard.problem.Violation;
import java.util.List;
import java.util.Optional;

/** Code of the server or of a plugin, which the engine gets from the palette: nobody defines its stages by hand. */
final class JavaExecutor implements StageExecutor {
    @Override
    public ExecutorType type() {
        return ExecutorType.JAVA;
    }

    @Override
    public List<Setting> configSchema() {
        return List.of();
    }

    @Override
    public boolean isForCustomStages() {
        return false;
    }

    @Override
    public Optional<String> noTry() {
        return Optional.of(
                "Stages of Java code cannot be tried on their own: start a task with a pipeline that has it.");
    }

    @Override
    public List<Violation> check(StageDefinition definition) {
        return List.of(new Violation("/executor", "must not be java: Java code arrives in a plugin jar"));
    }
}
