package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.hash.Sha256;
import dev.callboard.json.Json;
import dev.callboard.problem.Ids;
import dev.callboard.problem.Problem;
import dev.callboard.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Same key, same answer, for 24 hours: a client that lost the answer to a write may send it again. A write that makes
 * something gets the id of what it makes before it begins, and the same one when it is sent again after a crash: what is there
 * already is answered, not made twice. Answers are kept in the database before they are sent; failures of the server itself
 * are not kept, so that they can be tried again.
 */
final class Idempotency {
    /** The header that has a request's key. */
    static final String HEADER = "Idempotency-Key";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final IdempotencyRepository repository;
    private final Clock clock;
    private final Ids ids;
    private final Map<String, Running> running = new HashMap<>();

    private record Running(String requestHash, Future<Answer> answer) {}

    Idempotency(IdempotencyRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
        this.ids = new Ids(clock);
    }

    /** Does a write once. */
    Future<Answer> once(RoutingContext context, Function<RoutingContext, Future<Answer>> write) {
        String key = context.request().getHeader(HEADER);
        if (key == null) {
            return Operations.call(write, context);
        }
        if (!KEY.matcher(key).matches()) {
            return Future.failedFuture(ProblemException.invalid(
                    "invalid_idempotency_key", "Idempotency-Key must be 1 to 200 visible ASCII characters."));
        }
        String actor = Requests.actor(context);
        String hash = hash(context);
        String id = actor + "\n" + key;
        Running first = running.get(id);
        if (first != null) {
            return first.requestHash().equals(hash) ? first.answer() : Future.failedFuture(reused());
        }
        Promise<Answer> promise = Promise.promise();
        running.put(id, new Running(hash, promise.future()));
        repository
                .begin(new IdempotencyRepository.Begun(actor, key, hash, ids.next()), clock.instant())
                .compose(kept -> {
                    if (!kept.requestHash().equals(hash)) {
                        return Future.failedFuture(reused());
                    }
                    if (kept.answer() != null) {
                        return Future.succeededFuture(kept.answer());
                    }
                    Requests.makes(context, kept.makes());
                    return Operations.call(write, context)
                            .recover(failure -> problemAnswer(failure, context))
                            .compose(answer ->
                                    repository.keep(actor, key, answer).map(answer));
                })
                .onComplete(result -> {
                    running.remove(id);
                    if (result.succeeded()) {
                        promise.complete(result.result());
                    } else {
                        promise.fail(result.cause());
                    }
                });
        return promise.future();
    }

    private static ProblemException reused() {
        return ProblemException.illegalState(
                "idempotency_key_reused", "This Idempotency-Key was used for another request.");
    }

    private static Future<Answer> problemAnswer(Throwable failure, RoutingContext context) {
        Optional<Problem> problem = Bus.problemOf(failure);
        if (problem.isEmpty() || Problems.status(problem.get()) >= 500) {
            return Future.failedFuture(failure);
        }
        int status = Problems.status(problem.get());
        return Future.succeededFuture(Answer.problem(
                status,
                Problems.body(
                        status,
                        problem.get().code(),
                        problem.get().detail(),
                        problem.get().violations(),
                        Requests.id(context))));
    }

    private static String hash(RoutingContext context) {
        String request =
                context.request().method() + "\n" + context.request().uri() + "\n" + Json.write(Requests.body(context));
        return Sha256.hex(request);
    }
}
