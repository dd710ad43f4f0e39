package dev.callboard.bus;

import dev.callboard.json.Json;
import dev.callboard.problem.Problem;
import dev.callboard.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests and events as records: by reference inside a process, as JSON between processes. Expected failures
 * ({@link ProblemException}) arrive at the asker as they were thrown; any other failure is logged here, once, and arrives
 * as {@link UnexpectedFailure}.
 */
public final class Bus {
    /** How long an answer may take, in milliseconds. */
    public static final long TIMEOUT_MS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);

    private final EventBus eventBus;

    private Bus(EventBus eventBus) {
        this.eventBus = eventBus;
    }

    /** Sets the bus up; once for each Vert.x instance. */
    public static Bus on(Vertx vertx) {
        EventBus eventBus = vertx.eventBus();
        RecordCodec codec = new RecordCodec();
        eventBus.registerCodec(codec);
        eventBus.codecSelector(body -> body instanceof Record ? codec.name() : null);
        // The selector is not asked for replies that are exceptions.
        eventBus.registerDefaultCodec(ProblemReply.class, new ProblemReply.Codec());
        return new Bus(eventBus);
    }

    /**
     * Asks and waits for the answer, {@value #TIMEOUT_MS} ms at most.
     *
     * @return fails with a {@link ProblemException} when the answer is one or when nobody answers in time
     */
    public <Q extends Record, R extends Record> Future<R> ask(Address<Q, R> address, Q request) {
        return ask(address, request, TIMEOUT_MS);
    }

    /** As {@link #ask(Address, Record)} with a time limit of its own, in milliseconds. */
    public <Q extends Record, R extends Record> Future<R> ask(Address<Q, R> address, Q request, long timeoutMs) {
        return eventBus.<R>request(
                        address.name(), request, Caller.current().on(new DeliveryOptions().setSendTimeout(timeoutMs)))
                .map(Message::body)
                .recover(failure -> Future.failedFuture(unwrap(address, failure)));
    }

    private static Throwable unwrap(Address<?, ?> address, Throwable failure) {
        if (failure instanceof ProblemReply reply) {
            return new ProblemException(reply.problem());
        }
        if (failure instanceof ReplyException reply) {
            if (reply.failureType() == ReplyFailure.TIMEOUT) {
                return ProblemException.unavailable(
                        "timeout", "The server did not answer in time (" + address.name() + "). Try again.");
            }
            if (reply.failureType() == ReplyFailure.NO_HANDLERS) {
                return ProblemException.unavailable(
                        "not_ready", "This part of the server is not running (" + address.name() + "). Try again.");
            }
            return new UnexpectedFailure(address.name());
        }
        return failure;
    }

    /** Answers all requests of an address. */
    public <Q extends Record, R extends Record> void answer(Address<Q, R> address, Function<Q, Future<R>> handler) {
        eventBus.<Q>consumer(address.name(), message -> {
            Future<R> reply;
            Caller.enter(message);
            try {
                reply = handler.apply(message.body());
            } catch (RuntimeException e) {
                reply = Future.failedFuture(e);
            }
            reply.onComplete(result -> {
                if (result.succeeded()) {
                    message.reply(result.result());
                } else if (result.cause() instanceof ProblemException expected) {
                    message.reply(new ProblemReply(expected.problem()));
                } else {
                    LOG.error("{} failed", address.name(), result.cause());
                    message.fail(500, "internal");
                }
            });
        });
    }

    /** Publishes an event to everybody who listens. */
    public <E extends Record> void publish(Topic<E> topic, E event) {
        eventBus.publish(topic.name(), event);
    }

    /**
     * Publishes JSON to clients of Vert.x that a bridge lets listen. It stays on this machine: every node has its own clients,
     * and makes its own news for them.
     *
     * @param address one that no part of the server listens to
     */
    public void publishOutside(String address, Map<String, ? extends @Nullable Object> body) {
        eventBus.publish(address, new JsonObject(Json.write(body)), new DeliveryOptions().setLocalOnly(true));
    }

    /**
     * Listens to a topic.
     *
     * @return stops listening when run
     */
    public <E extends Record> Runnable listen(Topic<E> topic, Consumer<E> listener) {
        var consumer = eventBus.<E>consumer(topic.name(), message -> listener.accept(message.body()));
        return consumer::unregister;
    }

    /** A request met an unexpected failure; the answering side has logged it. */
    public static final class UnexpectedFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnexpectedFailure(String address) {
            super(address + " failed unexpectedly", null, false, false);
        }
    }

    /** The problem inside a failure, for callers that treat one in particular. */
    public static Optional<Problem> problemOf(Throwable failure) {
        return failure instanceof ProblemException expected ? Optional.of(expected.problem()) : Optional.empty();
    }
}
