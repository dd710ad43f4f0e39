package dev.callboard.palette;

import java.util.List;
import java.util.Optional;

/** Stands for an executor that this server does not have: its stages may be defined, and wait for a server that has it. */
record UnknownExecutor(ExecutorType type) implements StageExecutor {
    @Override
    public List<Setting> configSchema() {
        return List.of();
    }

    @Override
    public Optional<String> off() {
        return Optional.of("This version of the server does not run '" + type.word() + "' stages.");
    }
}
