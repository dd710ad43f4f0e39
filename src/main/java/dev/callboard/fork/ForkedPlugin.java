package dev.callboard.fork;

import dev.callboard.palette.Answerer;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StageRegistration;
import java.io.Closeable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plugin whose code is loaded in processes of its own. */
public final class ForkedPlugin implements Closeable {
    private final Processes processes;
    private final List<?> described;
    private final List<StageRegistration> registrations;

    /**
     * The processes of a plugin.
     *
     * @param stages execute stages
     * @param questions answer questions: one that is always as good as free
     */
    record Processes(Workers stages, Workers questions) {
        void retire() {
            stages.retire();
            questions.retire();
        }
    }

    private ForkedPlugin(Processes processes, List<?> described) throws ForkException {
        this.processes = processes;
        this.described = List.copyOf(described);
        try {
            this.registrations = described.stream()
                    .map(stage -> registration(processes, stage))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new ForkException("Its process described its stages wrongly: " + e.getMessage() + ".");
        }
    }

    /** Starts the first process and asks it what the jar registers. */
    static ForkedPlugin load(Processes processes) throws ForkException, InterruptedException {
        Worker worker = processes.stages().started();
        try {
            return new ForkedPlugin(processes, worker.described().getNow(List.of()));
        } finally {
            processes.stages().keep(worker);
        }
    }

    /** Of which an earlier process said what the jar registers; none is started before it is needed. */
    static ForkedPlugin heard(Processes processes, List<?> described) throws ForkException {
        return new ForkedPlugin(processes, described);
    }

    /** What its process said that it registers, JSON-shaped; for {@link Forks#heard}. */
    public List<?> described() {
        return described;
    }

    private static StageRegistration registration(Processes processes, Object described) {
        Map<?, ?> stage = described instanceof Map<?, ?> map ? map : Map.of();
        String[] keys = texts(stage.get("state_keys"));
        StageMetadata.Builder builder = StageMetadata.builder(String.valueOf(stage.get("type")))
                .description(String.valueOf(stage.get("description")))
                .dependencies(texts(stage.get("dependencies")));
        StageMetadata metadata = (keys.length == 1 ? builder.stateKey(keys[0]) : builder.stateKeys(keys)).build();
        Workers workers = metadata.stageType().startsWith(Answerer.TYPE) ? processes.questions() : processes.stages();
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
        processes.retire();
    }
}
