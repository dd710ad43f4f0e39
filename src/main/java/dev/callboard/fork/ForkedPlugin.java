package dev.callboard.fork;

import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StageRegistration;
import java.io.Closeable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plugin whose code is loaded in processes of its own. */
public final class ForkedPlugin implements Closeable {
    private final Workers workers;
    private final List<?> described;
    private final List<StageRegistration> registrations;

    private ForkedPlugin(Workers workers, List<?> described) throws ForkException {
        this.workers = workers;
        this.described = List.copyOf(described);
        try {
            this.registrations = described.stream()
                    .map(stage -> registration(workers, stage))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new ForkException("Its process described its stages wrongly: " + e.getMessage() + ".");
        }
    }

    /** Starts the first process and asks it what the jar registers. */
    static ForkedPlugin load(Workers workers) throws ForkException, InterruptedException {
        Worker worker = workers.started();
        try {
            return new ForkedPlugin(workers, worker.described().getNow(List.of()));
        } finally {
            workers.keep(worker);
        }
    }

    /** Of which an earlier process said what the jar registers; none is started before it is needed. */
    static ForkedPlugin heard(Workers workers, List<?> described) throws ForkException {
        return new ForkedPlugin(workers, described);
    }

    /** What its process said that it registers, JSON-shaped; for {@link Forks#heard}. */
    public List<?> described() {
        return described;
    }

    private static StageRegistration registration(Workers workers, Object described) {
        Map<?, ?> stage = described instanceof Map<?, ?> map ? map : Map.of();
        String[] keys = texts(stage.get("state_keys"));
        StageMetadata.Builder builder = StageMetadata.builder(String.valueOf(stage.get("type")))
                .description(String.valueOf(stage.get("description")))
                .dependencies(texts(stage.get("dependencies")));
        StageMetadata metadata = (keys.length == 1 ? builder.stateKey(keys[0]) : builder.stateKeys(keys)).build();
        return new StageRegistration(metadata, () -> new ForkedStage(workers, metadata));
    }

    private static String[] texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toArray(String[]::new)
                : new String[0];
    }

    /** What it registers; each stage executes in one of its processes. */
    public List<StageRegistration> registrations() {
        return registrations;
    }

    /**
     * The plugin was removed or replaced: its processes end with what they run. Tasks that began with it still get processes
     * of it, one for each execution.
     */
    @Override
    public void close() {
        workers.retire();
    }
}
