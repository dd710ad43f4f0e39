package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.dispatch.TryMessages;
import dev.callboard.dispatch.TryMessages.CancelTry;
import dev.callboard.dispatch.TryMessages.Tried;
import dev.callboard.dispatch.TryMessages.TryStage;
import dev.callboard.problem.Ids;
import dev.callboard.registry.RegistryMessages;
import dev.callboard.registry.RegistryMessages.CheckStage;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs a definition once. Whoever goes away before it has ended cancels it. An {@code Idempotency-Key} has no meaning here:
 * nothing is stored, so no answer is kept either.
 */
final class TryApi {
    /** How much longer than the stage may run its answer may take, in milliseconds. */
    private static final long MARGIN_MS = 5_000;

    private final Bus bus;
    private final Ids ids;

    TryApi(Bus bus, Clock clock, Operations operations) {
        this.bus = bus;
        this.ids = new Ids(clock);
        operations.stream("tryStage", this::tryOut);
    }

    private void tryOut(RoutingContext context) {
        Map<?, ?> body = Requests.object(context);
        String id = ids.next();
        AtomicBoolean answered = new AtomicBoolean();
        context.response().closeHandler(closed -> {
            if (!answered.get()) {
                bus.ask(TryMessages.CANCEL, new CancelTry(id));
            }
        });
        bus.ask(RegistryMessages.STAGE_CHECK, new CheckStage(body.get("definition"), "/definition"))
                .map(checked -> new TryStage(id, checked.definition(), settings(body), body.get("input")))
                .compose(ask -> context.response().closed()
                        ? Future.<Tried>failedFuture("the client has gone away")
                        : bus.ask(TryMessages.TRY, ask, TryMessages.LIMIT_MS + MARGIN_MS))
                .onComplete(done -> answered.set(true))
                .onSuccess(tried -> Answer.ok(view(tried)).send(context))
                .onFailure(context::fail);
    }

    private static Map<String, @Nullable Object> settings(Map<?, ?> body) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        if (body.get("settings") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> settings.put(String.valueOf(key), value));
        }
        return settings;
    }

    private static Map<String, @Nullable Object> view(Tried tried) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("status", tried.status());
        if (tried.outputBytes() > 0) {
            view.put("output_size", tried.outputBytes());
        }
        if (tried.outputBytes() > 0 && tried.outputBytes() <= TryMessages.MAX_OUTPUT) {
            view.put("output", tried.output());
        }
        if (tried.error() != null) {
            view.put("error", tried.error());
        }
        view.put("log", tried.log());
        view.put("duration_ms", tried.durationMs());
        if (tried.usage() != null) {
            view.put("usage", tried.usage());
        }
        return view;
    }
}
