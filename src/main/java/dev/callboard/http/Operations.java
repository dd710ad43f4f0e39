package dev.callboard.http;

import dev.callboard.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.internal.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Ties the operations of the contract to code. An operation that nothing answers stops the start. */
final class Operations {
    private final RouterBuilder builder;
    private final Contract.Calls calls;
    private final Idempotency idempotency;
    private final Set<String> tied = new HashSet<>();
    private final Set<String> otherBodies = new HashSet<>();
    private final Set<String> anyQueries = new HashSet<>();

    Operations(RouterBuilder builder, Contract.Calls calls, Idempotency idempotency) {
        this.builder = builder;
        this.calls = calls;
        this.idempotency = idempotency;
    }

    /** Answers an operation. A write with an {@code Idempotency-Key} is done once and answered the same again. */
    void on(String operationId, Function<RoutingContext, Future<Answer>> operation) {
        handle(operationId, answering(operationId, operation));
    }

    private Consumer<RoutingContext> answering(String operationId, Function<RoutingContext, Future<Answer>> operation) {
        boolean write = route(operationId).getOperation().getHttpMethod() != HttpMethod.GET;
        return context -> {
            Future<Answer> answer = write ? idempotency.once(context, operation) : call(operation, context);
            // Nothing is answered from another thread, whoever the answer comes from.
            Promise<Answer> here = ContextInternal.current().promise();
            answer.onComplete(here);
            here.future()
                    .map(ready -> write ? ready : ready.withSomeEtag())
                    .onSuccess(ready -> ready.send(context))
                    .onFailure(context::fail);
        };
    }

    /** As {@link #on}; requests that {@code streams} picks are answered as by {@link #stream}. */
    void onOrStream(
            String operationId,
            Function<RoutingContext, Future<Answer>> operation,
            Predicate<RoutingContext> streams,
            Consumer<RoutingContext> stream) {
        Consumer<RoutingContext> answering = answering(operationId, operation);
        handle(operationId, context -> (streams.test(context) ? stream : answering).accept(context));
    }

    /** As {@link #on}, for an operation whose body may be of another type than the contract's validator knows. */
    void onAnyBody(String operationId, Function<RoutingContext, Future<Answer>> operation) {
        otherBodies.add(operationId);
        on(operationId, operation);
    }

    static Future<Answer> call(Function<RoutingContext, Future<Answer>> operation, RoutingContext context) {
        try {
            return operation.apply(context);
        } catch (ProblemException e) {
            return Future.failedFuture(e);
        }
    }

    /** Answers an operation whose answer is not JSON, or that answers while it still reads. */
    void stream(String operationId, Consumer<RoutingContext> operation) {
        handle(operationId, operation);
    }

    /** Answers an operation whose body is a stream: the contract's schema does not see it. */
    void upload(String operationId, Consumer<RoutingContext> operation) {
        otherBodies.add(operationId);
        handle(operationId, operation);
    }

    /** Answers an operation that takes any body, read whole but not checked, and any query. */
    void anything(String operationId, Consumer<RoutingContext> operation) {
        anyQueries.add(operationId);
        upload(operationId, operation);
    }

    private void handle(String operationId, Consumer<RoutingContext> operation) {
        tied.add(operationId);
        OpenAPIRoute route = route(operationId);
        String path = route.getOperation().getAbsoluteOpenAPIPath();
        boolean write = route.getOperation().getHttpMethod() != HttpMethod.GET;
        route.setDoValidation(false);
        route.addHandler(context -> {
            RequestTimes.route(context, path);
            context.next();
        });
        route.addHandler(new InputCheck(
                calls, route.getOperation(), !otherBodies.contains(operationId), !anyQueries.contains(operationId)));
        route.addHandler(context -> {
            try {
                if (write) {
                    Requests.caller(context).enter();
                }
                operation.accept(context);
            } catch (ProblemException e) {
                context.fail(e);
            }
        });
    }

    private OpenAPIRoute route(String operationId) {
        OpenAPIRoute route = builder.getRoute(operationId);
        if (route == null) {
            throw new IllegalStateException("the contract has no operation " + operationId);
        }
        return route;
    }

    void requireComplete() {
        for (OpenAPIRoute route : builder.getRoutes()) {
            if (!tied.contains(route.getOperation().getOperationId())) {
                throw new IllegalStateException(
                        "nothing answers " + route.getOperation().getOperationId());
            }
        }
    }
}
