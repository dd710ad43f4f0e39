package dev.callboard.registry;

import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Bus;
import dev.callboard.metrics.Meters;
import dev.callboard.palette.StageExecutors;
import dev.callboard.palette.StageResolver;
import dev.callboard.plugins.PluginOptions;
import dev.callboard.problem.Ids;
import dev.callboard.problem.ProblemException;
import dev.callboard.registry.PortSchemaMessages.GetPortSchema;
import dev.callboard.registry.PortSchemaMessages.PortSchemaReply;
import dev.callboard.registry.RegistryMessages.ChangesReply;
import dev.callboard.registry.RegistryMessages.ExecutorView;
import dev.callboard.registry.RegistryMessages.ExecutorsReply;
import dev.callboard.registry.RegistryMessages.GetChanges;
import dev.callboard.registry.RegistryMessages.PaletteReply;
import dev.callboard.registry.RegistryMessages.PluginsReply;
import dev.callboard.registry.RegistryMessages.StageChecked;
import dev.callboard.spi.StageRegistration;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds the palette. It reads built-in, plugin and custom stages at start, answers what the palette is, takes edits of
 * custom stages, and follows the stages file and the plugins folder. Every change is stored before it is published.
 */
public final class RegistryVerticle extends VerticleBase {
    /** How often the stages file and the plugins folder are scanned, in milliseconds. */
    private static final long LOOK_EVERY_MS = 250;

    private final Bus bus;
    private final Options options;
    private final Sources sources;
    private final Database database;
    private final Clock clock;
    private final PublishedPalette shown;

    /**
     * Where the palette comes from.
     *
     * @param stagesFile the file of custom stages
     * @param plugins where the others come from
     * @param executors what runs stages here
     * @param maxCustomStages how many custom stages there may be
     */
    public record Options(Path stagesFile, PluginOptions plugins, StageExecutors executors, int maxCustomStages) {
        /** Checks that all are there. */
        public Options {
            Objects.requireNonNull(executors, "executors is null");
        }
    }

    /** What the palette is made of, as it was read from the disk; that takes a while and needs no database. */
    public static final class Sources {
        private final Options options;
        private final PaletteSources sources;
        private PaletteSources.@Nullable Found found;

        private Sources(Options options, PaletteSources sources, PaletteSources.Found found) {
            this.options = options;
            this.sources = sources;
            this.found = found;
        }

        /** What was found. Once: it must not be kept, or the code of plugins that are gone would be. */
        private PaletteSources.Found take() {
            PaletteSources.Found taken = Objects.requireNonNull(found, "taken already");
            found = null;
            return taken;
        }

        /**
         * Starts to read, while other parts of the server start.
         *
         * @param code the code of built-in stages that the server itself brings along
         */
        public static Future<Sources> read(
                Vertx vertx, Options options, List<StageRegistration> code, Clock clock, Meters meters) {
            return vertx.executeBlocking(
                    () -> {
                        PaletteSources sources = new PaletteSources(options, code, clock, meters.palette());
                        return new Sources(options, sources, sources.start());
                    },
                    false);
        }
    }

    /** Names the parts; nothing is shown before the verticle is deployed. */
    public RegistryVerticle(Bus bus, Database database, Sources sources, Clock clock, Meters meters) {
        this.bus = bus;
        this.shown = new PublishedPalette(bus, meters.palette());
        this.database = database;
        this.sources = sources;
        this.options = sources.options;
        this.clock = clock;
    }

    /** Finds what runs a stage type; knows nothing before the verticle is deployed. */
    public StageResolver resolver() {
        return shown;
    }

    @Override
    public Future<?> start() {
        PaletteRepository repository =
                new PaletteRepository(vertx, database, new AuditRepository(bus, database, new Ids(clock)));
        RegistryWork work = new RegistryWork(vertx, sources.sources, repository, shown, clock);
        CustomStages rules = new CustomStages(options.executors(), options.maxCustomStages());
        return work.start(sources.take()).onSuccess(started -> {
            bus.answer(
                    RegistryMessages.PALETTE_GET,
                    ask -> Future.succeededFuture(new PaletteReply(
                            shown.state().palette(), shown.state().file())));
            bus.answer(RegistryMessages.PALETTE_CHANGES, ask -> Future.succeededFuture(changes(ask)));
            bus.answer(
                    RegistryMessages.PLUGINS_GET,
                    ask -> Future.succeededFuture(new PluginsReply(shown.state().plugins())));
            bus.answer(
                    RegistryMessages.EXECUTORS_GET,
                    ask -> Future.succeededFuture(new ExecutorsReply(options.executors().all().stream()
                            .map(ExecutorView::of)
                            .toList())));
            bus.answer(PortSchemaMessages.GET, this::schema);
            bus.answer(RegistryMessages.STAGE_ADD, ask -> work.edit(rules.add(ask)));
            bus.answer(
                    RegistryMessages.STAGE_CHECK,
                    ask -> vertx.executeBlocking(() -> new StageChecked(rules.tried(ask)), false));
            bus.answer(RegistryMessages.STAGE_REPLACE, ask -> work.edit(rules.replace(ask)));
            bus.answer(RegistryMessages.STAGE_REMOVE, ask -> work.edit(rules.remove(ask)));
            bus.answer(RegistryMessages.FILE_RESTORE, ask -> work.restore());
            vertx.setPeriodic(LOOK_EVERY_MS, timer -> work.look());
        });
    }

    private Future<PortSchemaReply> schema(GetPortSchema ask) {
        if (shown.state().palette().entry(ask.stage()).isEmpty()) {
            return Future.failedFuture(
                    ProblemException.notFound("unknown_stage", "There is no stage '" + ask.stage() + "'."));
        }
        Map<String, String> schemas = shown.schemas(ask.stage());
        String text = schemas.get(ask.name());
        return text == null
                ? Future.failedFuture(ProblemException.notFound(
                        "unknown_schema",
                        "No port of the stage '" + ask.stage() + "' has a schema '" + ask.name() + "'; "
                                + (schemas.isEmpty()
                                        ? "none of them has one."
                                        : "there is " + String.join(", ", schemas.keySet()) + ".")))
                : Future.succeededFuture(new PortSchemaReply(text));
    }

    private ChangesReply changes(GetChanges ask) {
        return new ChangesReply(shown.since(ask.epoch(), ask.revision()).orElse(null));
    }
}
