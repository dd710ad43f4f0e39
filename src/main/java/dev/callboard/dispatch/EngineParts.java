package dev.callboard.dispatch;

import dev.callboard.bus.Bus;
import dev.callboard.palette.SecretSource;
import dev.callboard.palette.StageExecutors;
import dev.callboard.palette.StageLibraries;
import dev.callboard.palette.StageResolver;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import dev.callboard.store.BlobFolder;
import dev.callboard.store.Database;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What stages are run with, for tasks and for tries alike.
 *
 * @param resolver knows the stage types
 * @param executors what runs stages that are not code
 * @param secrets has the values of what the settings of stages name
 * @param network what stages may connect to
 * @param outbound how they connect
 * @param libraries what stages of tasks keep
 * @param maxOutput the most characters of JSON text of one output, about
 */
public record EngineParts(
        Bus bus,
        Database database,
        BlobFolder blobs,
        StageResolver resolver,
        StageExecutors executors,
        SecretSource secrets,
        Supplier<AddressRules> network,
        Outbound outbound,
        StageLibraries libraries,
        long maxOutput,
        Clock clock) {

    /** Runs stages of tasks. */
    StageRunner runner() {
        return runner(blobs, StageKeeping.of(libraries, database, clock));
    }

    /** Runs stages that keep nothing but blobs in a given place. */
    StageRunner runner(BlobStore store) {
        return runner(store, StageKeeping.none(clock));
    }

    private StageRunner runner(BlobStore store, StageKeeping keeping) {
        return new StageRunner(
                store,
                executors,
                secrets,
                new StageNetwork(network, outbound),
                keeping,
                new StageQuestions(resolver, keeping.libraries(), maxOutput),
                maxOutput,
                clock);
    }
}
