package dev.callboard.triggers;

import dev.callboard.json.Json;
import dev.callboard.pipelines.PipelineMessages.ServedPipeline;
import dev.callboard.pipelines.PipelineSource;
import dev.callboard.pipelines.SourceConfig;
import dev.callboard.pipelines.SourceConfig.Timed;
import dev.callboard.pipelines.SourceConfig.Webhook;
import dev.callboard.problem.Ids;
import dev.callboard.secrets.Sealer;
import dev.callboard.store.Sql;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings the triggers in line with the sources of the pipelines that are served. */
final class TriggerSync {
    private final Triggers triggers;
    private final TriggerRepository repository;
    private final Sealer sealer;
    private final Ids ids;
    private final Clock clock;
    private final Clock machine;

    /** @param machine the machine's clock, by which schedules are due */
    TriggerSync(Triggers triggers, TriggerRepository repository, Sealer sealer, Ids ids, Clock clock, Clock machine) {
        this.triggers = triggers;
        this.repository = repository;
        this.sealer = sealer;
        this.ids = ids;
        this.clock = clock;
        this.machine = machine;
    }

    /**
     * One after the other, so that a pipeline with a hundred sources holds up nobody's writes for long.
     *
     * @param starting whether the server starts: what was due before is checked afterwards
     */
    Future<Void> with(List<ServedPipeline> pipelines, boolean starting) {
        List<Trigger> absent = new ArrayList<>(triggers.all());
        List<Found> found = new ArrayList<>();
        for (ServedPipeline served : pipelines) {
            if (served.pipeline() == null) {
                unreadable(served.name(), absent);
                continue;
            }
            for (PipelineSource source : served.pipeline().sources()) {
                if (source.config().fires()) {
                    Optional<Trigger> known = triggers.find(served.name(), source.name());
                    known.ifPresent(absent::remove);
                    found.add(new Found(served, source, known.orElse(null)));
                }
            }
        }
        return Sql.inTurn(found, each -> put(each, starting))
                .compose(put ->
                        Sql.inTurn(absent.stream().filter(Trigger::present).toList(), this::absent))
                .mapEmpty();
    }

    private record Found(ServedPipeline served, PipelineSource source, @Nullable Trigger known) {}

    /** What its sources are is not known now: they stay, and do not fire. */
    private void unreadable(String pipeline, List<Trigger> absent) {
        for (Trigger trigger : triggers.all()) {
            if (trigger.row().pipeline().equals(pipeline)) {
                absent.remove(trigger);
                trigger.config(null);
                triggers.publish(trigger);
            }
        }
    }

    private Future<Void> absent(Trigger trigger) {
        return repository
                .absent(trigger.id(), clock.instant())
                .compose(stored -> triggers.refresh(trigger))
                .mapEmpty();
    }

    private Future<Void> put(Found found, boolean starting) {
        SourceConfig config = found.source().config();
        String text = Json.write(config.members());
        @Nullable
        String fault = found.served().errors().isEmpty() || found.served().lastGoodUsed()
                ? null
                : "Its pipeline cannot be used: "
                        + found.served().errors().get(0).sentence();
        Trigger known = found.known();
        if (known == null) {
            return add(found, config, text, fault);
        }
        boolean same = known.present()
                && known.row().config().equals(text)
                && known.row().type().equals(config.type());
        boolean times = times(known, config, starting);
        boolean addressed = !(config instanceof Webhook) || known.row().token() != null;
        known.config(config);
        known.fault = fault;
        if (same && !times && addressed) {
            triggers.publish(known);
            return Future.succeededFuture();
        }
        return token(known.id(), config, known.row())
                .compose(token -> {
                    known.fault = fault == null ? token.fault() : fault;
                    return repository.change(row(known.id(), found, text, times ? next(config) : null, token), times);
                })
                .compose(stored -> triggers.refresh(known))
                .mapEmpty();
    }

    /** Whether what was due is not any more: its times are others, or it was not there. */
    private boolean times(Trigger known, SourceConfig config, boolean starting) {
        Instant due = known.row().nextAt();
        boolean back = !known.present() || known.config() == null && !starting;
        return config instanceof Timed timed
                ? changed(known, timed) || back && (due == null || !due.isAfter(machine.instant()))
                : due != null;
    }

    private static boolean changed(Trigger known, Timed timed) {
        return known.config() instanceof Timed before
                ? !before.cron().equals(timed.cron()) || !before.zone().equals(timed.zone())
                : !known.row().config().equals(Json.write(timed.members()));
    }

    private Future<Void> add(Found found, SourceConfig config, String text, @Nullable String fault) {
        String id = ids.next();
        return token(id, config, null).compose(token -> {
            TriggerRow row = row(id, found, text, next(config), token);
            return repository.add(row).onSuccess(stored -> {
                Trigger trigger = new Trigger(row, config);
                trigger.fault = fault == null ? token.fault() : fault;
                triggers.add(trigger);
                triggers.publish(trigger);
            });
        });
    }

    private @Nullable Instant next(SourceConfig config) {
        return config instanceof Timed timed
                ? timed.schedule().after(machine.instant()).orElse(null)
                : null;
    }

    /** @param fault why a webhook has no token, a sentence */
    private record Token(@Nullable String stored, @Nullable String hash, @Nullable String fault) {}

    /** A webhook keeps its token; a new one gets one. What keeps one webhook from an address keeps no other source. */
    private Future<Token> token(String id, SourceConfig config, @Nullable TriggerRow known) {
        if (!(config instanceof Webhook)) {
            return Future.succeededFuture(new Token(null, null, null));
        }
        if (known != null && known.token() != null) {
            return Future.succeededFuture(new Token(known.token(), known.tokenHash(), null));
        }
        String token = Tokens.fresh();
        return sealer.seal(Tokens.sealedAs(id), token)
                .map(stored -> new Token(stored, Tokens.hash(token), null))
                .otherwise(failure -> new Token(null, null, "It has no address. " + TaskStarter.reason(failure)));
    }

    private static TriggerRow row(String id, Found found, String config, @Nullable Instant next, Token token) {
        return new TriggerRow(
                id,
                found.served().name(),
                found.source().name(),
                found.source().type(),
                config,
                false,
                next,
                null,
                null,
                null,
                null,
                token.stored(),
                token.hash(),
                null);
    }
}
