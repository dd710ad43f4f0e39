package dev.callboard.secrets;

import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Bus;
import dev.callboard.config.SecretsConfig;
import dev.callboard.engine.StartMessages;
import dev.callboard.engine.StartMessages.SecretsChanged;
import dev.callboard.palette.SecretSource;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.PipelineMessages;
import dev.callboard.pipelines.PipelineMessages.ListPipelines;
import dev.callboard.pipelines.StageTemplate;
import dev.callboard.problem.Ids;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.secrets.KeyFile.KeyFault;
import dev.callboard.secrets.SecretsMessages.PutSecret;
import dev.callboard.secrets.SecretsMessages.RemoveSecret;
import dev.callboard.secrets.SecretsMessages.SecretRemoved;
import dev.callboard.secrets.SecretsMessages.SecretView;
import dev.callboard.secrets.SecretsMessages.SecretWritten;
import dev.callboard.secrets.SecretsMessages.SecretsReply;
import dev.callboard.spi.Forms;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores secrets, sealed, and gives them to stages. A value comes in here and goes to the stage that names it, nowhere else. */
public final class SecretsVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(SecretsVerticle.class);

    /** The most characters of a value. */
    private static final int MOST = 64 << 10;

    private static final int MAX_SECRETS = 1_000;

    private final Bus bus;
    private final SecretStore store;
    private final SecretRepository repository;
    private final Clock clock;

    /**
     * Names the parts; nothing is read before the verticle is deployed.
     *
     * @param environment variable to value, null when it is not set
     */
    public SecretsVerticle(
            Bus bus,
            Database database,
            SecretsConfig config,
            Function<String, @Nullable String> environment,
            Clock clock) {
        this.bus = bus;
        this.store = new SecretStore(config, environment);
        this.repository = new SecretRepository(database, new AuditRepository(bus, database, new Ids(clock)));
        this.clock = clock;
    }

    /** Has the values; none before the verticle is deployed. */
    public SecretSource source() {
        return store;
    }

    /** Seals with the same key; nothing can be sealed before the verticle is deployed. */
    public Sealer sealer() {
        return new Sealer() {
            @Override
            public Future<String> seal(String name, String text) {
                return vertx.executeBlocking(() -> keyToSeal()).compose(key -> repository
                        .keepCheck(key.seal(SecretStore.KNOWN, SecretStore.KNOWN))
                        .map(kept -> key.seal(name, text)));
            }

            @Override
            public Optional<String> open(String name, String sealed) {
                return store.open(name, sealed);
            }
        };
    }

    @Override
    public Future<?> start() {
        return repository
                .load()
                .compose(all -> vertx.executeBlocking(() -> {
                    store.load(all);
                    store.fault().ifPresent(fault -> LOG.error("Secrets cannot be used. {}", fault));
                    return null;
                }))
                .onSuccess(loaded -> {
                    bus.answer(
                            SecretsMessages.LIST,
                            ask -> Future.succeededFuture(new SecretsReply(
                                    store.views(), store.fault().orElse(null))));
                    bus.answer(SecretsMessages.PUT, this::put);
                    bus.answer(SecretsMessages.REMOVE, this::remove);
                });
    }

    private Future<SecretWritten> put(PutSecret ask) {
        List<Violation> violations = new ArrayList<>();
        if (!Forms.SECRET_NAME.matcher(ask.name()).matches()) {
            violations.add(new Violation("/name", "must match " + Forms.SECRET_NAME.pattern()));
        }
        if (ask.value().length() > MOST || ask.value().indexOf('\0') >= 0) {
            violations.add(new Violation(
                    "/value",
                    "must have from " + SecretStore.LEAST + " to " + MOST + " characters, and no NUL among them"));
        }
        SecretStore.unmaskable(ask.value()).ifPresent(detail -> violations.add(new Violation("/value", detail)));
        if (!violations.isEmpty()) {
            throw ProblemException.invalid("invalid_secret", "The secret cannot be stored.", violations);
        }
        store.fault().ifPresent(fault -> {
            throw ProblemException.illegalState("secrets_key_wrong", fault);
        });
        Optional<SecretView> there = store.views().stream()
                .filter(view -> view.name().equals(ask.name()))
                .findFirst();
        if (there.isEmpty() && store.views().size() >= MAX_SECRETS) {
            throw ProblemException.illegalState(
                    "too_many_secrets", "There are " + MAX_SECRETS + " secrets, the limit.");
        }
        return vertx.executeBlocking(this::keyToSeal).compose(key -> repository
                .put(
                        ask.name(),
                        ask.keepsProject() ? there.map(SecretView::project).orElse(null) : ask.project(),
                        key.seal(ask.name(), ask.value()),
                        key.seal(SecretStore.KNOWN, SecretStore.KNOWN),
                        store::put,
                        clock.instant())
                .onSuccess(put -> publishName(ask.name()))
                .map(put -> new SecretWritten(put.stored().view(), put.added())));
    }

    private SealingKey keyToSeal() {
        store.fault().ifPresent(fault -> {
            throw ProblemException.illegalState("secrets_key_wrong", fault);
        });
        try {
            return store.keyToSeal();
        } catch (KeyFault e) {
            throw ProblemException.illegalState("secrets_key_wrong", String.valueOf(e.getMessage()));
        }
    }

    private Future<SecretRemoved> remove(RemoveSecret ask) {
        if (store.views().stream().noneMatch(view -> view.name().equals(ask.name()))) {
            throw ProblemException.notFound("unknown_secret", "There is no secret '" + ask.name() + "'.");
        }
        return (ask.force() ? Future.succeededFuture(List.<String>of()) : users("secret:" + ask.name()))
                .compose(users -> {
                    if (!users.isEmpty()) {
                        throw ProblemException.illegalState(
                                "secret_in_use",
                                "The secret '" + ask.name() + "' is used by " + listed(users)
                                        + ". Change these first, or remove it all the same with force=true.");
                    }
                    return repository.remove(ask.name(), () -> store.remove(ask.name()), clock.instant());
                })
                .onSuccess(removed -> publishName(ask.name()))
                .map(removed -> new SecretRemoved(ask.name()));
    }

    private void publishName(String name) {
        bus.publish(StartMessages.SECRETS_CHANGED, new SecretsChanged(name));
    }

    private Future<List<String>> users(String reference) {
        return bus.ask(PipelineMessages.LIST, new ListPipelines())
                .compose(reply -> repository.users(reference).map(others -> {
                    List<String> users = new ArrayList<>();
                    reply.pipelines().forEach(served -> {
                        if (served.pipeline() != null) {
                            served.pipeline().stages().stream()
                                    .filter(stage -> names(stage, reference))
                                    .forEach(stage -> users.add("the stage '" + stage.name() + "' of the pipeline '"
                                            + served.name() + "'"));
                            ends(served.pipeline(), reference)
                                    .forEach(end -> users.add(end + " of the pipeline '" + served.name() + "'"));
                        }
                    });
                    users.addAll(others);
                    return users;
                }));
    }

    private static List<String> ends(Pipeline pipeline, String reference) {
        List<String> users = new ArrayList<>();
        pipeline.sources().stream()
                .filter(source -> source.config().members().containsValue(reference))
                .forEach(source -> users.add("the source '" + source.name() + "'"));
        pipeline.sinks().stream()
                .filter(sink -> sink.config().members().containsValue(reference))
                .forEach(sink -> users.add("the sink '" + sink.name() + "'"));
        return users;
    }

    private static boolean names(StageTemplate stage, String reference) {
        return stage.config().values().stream().anyMatch(reference::equals);
    }

    private static String listed(List<String> users) {
        int shown = Math.min(users.size(), 5);
        String list = String.join(", ", users.subList(0, shown));
        return users.size() > shown ? list + " and " + (users.size() - shown) + " more" : list;
    }
}
