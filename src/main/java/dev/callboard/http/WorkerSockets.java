package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.config.ServerConfig;
import dev.callboard.engine.WorkMessages;
import dev.callboard.engine.WorkMessages.WorkEnded;
import dev.callboard.problem.Violation;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The WebSockets of workers. Lives on one event loop. */
final class WorkerSockets {
    static final String PATH = "/ws/worker";

    private static final Logger LOG = LoggerFactory.getLogger(WorkerSockets.class);

    private final Vertx vertx;
    private final Bus bus;
    private final WorkCalls calls;
    private final Contract.Calls contract;
    private final ServerConfig config;
    private final Set<WorkerConnection> connections = new LinkedHashSet<>();

    WorkerSockets(Vertx vertx, Bus bus, WorkCalls calls, Contract.Calls contract, ServerConfig config) {
        this.vertx = vertx;
        this.bus = bus;
        this.calls = calls;
        this.contract = contract;
        this.config = config;
        bus.listen(WorkMessages.ENDED, this::ended);
    }

    /** Takes a worker in that the guard let pass. */
    void upgrade(RoutingContext context) {
        if (context.request().query() != null) {
            String detail = "This address takes no query parameters; leave out what follows the question mark.";
            ProblemHandler.send(context, 400, "invalid_request", detail, List.of());
        } else if (!RequestGuard.isWebSocket(context.request())) {
            context.response().putHeader("Upgrade", "websocket");
            ProblemHandler.send(context, 426, "upgrade_required", "This address takes WebSockets only.", List.of());
        } else if (connections.size() >= config.limits().webSockets()) {
            String detail = "There are all the connections of workers that this server takes.";
            ProblemHandler.send(context, 503, "too_many_connections", detail, List.of());
        } else {
            context.request().toWebSocket().onSuccess(this::accept).onFailure(this::dropped);
        }
    }

    private void accept(ServerWebSocket socket) {
        WorkerConnection connection = new WorkerConnection(
                this, vertx, bus, calls, socket, config.limits().bodyBytes());
        connections.add(connection);
        long timer = vertx.setPeriodic(config.feed().heartbeat().toMillis(), id -> connection.heartbeat());
        socket.exceptionHandler(this::dropped);
        socket.closeHandler(closed -> {
            vertx.cancelTimer(timer);
            connections.remove(connection);
            connection.closed();
        });
    }

    /** What is wrong with a frame where the operation of the contract takes its body. */
    List<Violation> faults(String operationId, Map<?, ?> body) {
        return InputCheck.faults(contract, contract.routes().operation(operationId), body);
    }

    /** A worker that goes away while it is written to is nothing to report. */
    void dropped(@Nullable Throwable failure) {
        LOG.debug("the connection of a worker failed", failure);
    }

    /** Whoever has the work and does not know of its end is notified. */
    private void ended(WorkEnded work) {
        if (work.end() != WorkMessages.End.DONE && work.end() != WorkMessages.End.RELEASED) {
            connections.forEach(connection -> connection.ended(work));
        }
    }

    void closeAll() {
        Set.copyOf(connections).forEach(connection -> connection.close((short) 1001, "the server stops"));
    }
}
