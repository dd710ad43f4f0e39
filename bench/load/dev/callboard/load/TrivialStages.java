package dev.callboard.load;

import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.StageRegistration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Stages for the measurements: each puts out the moment at which its code ran, {@link System#nanoTime()}, and keeps it as state
 * of the task, as real stages do with their output; what is measured is the server, not the work.
 */
public final class TrivialStages implements StagePlugin {
    /** How many there are: {@code trivial-1} keeps {@code trivial_1}, and so on. */
    static final int COUNT = 7;

    /** For {@link java.util.ServiceLoader}. */
    public TrivialStages() {}

    static String key(int number) {
        return "trivial_" + number;
    }

    @Override
    public List<StageRegistration> stages() {
        return IntStream.rangeClosed(1, COUNT)
                .mapToObj(number -> new StageRegistration(
                        StageMetadata.builder("trivial-" + number)
                                .stateKey(key(number))
                                .build(),
                        () -> (context, input) -> System.nanoTime()))
                .toList();
    }
}
