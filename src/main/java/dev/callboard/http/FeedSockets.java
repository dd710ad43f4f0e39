package dev.callboard.http;

import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Bus;
import dev.callboard.config.ServerConfig;
import dev.callboard.feed.Feed;
import dev.callboard.feed.ListTopics;
import dev.callboard.feed.PaletteTopic;
import dev.callboard.feed.StatusTopic;
import dev.callboard.feed.TaskTopics;
import dev.callboard.json.JsonPointers;
import dev.callboard.metrics.WebMeters;
import dev.callboard.problem.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxConnection;
import io.vertx.core.net.impl.VertxHandler;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Consumer;

/** The feed at {@code /ws}, with all its topics. Lives on one event loop. */
final class FeedSockets {
    private final Feed feed;

    FeedSockets(Vertx vertx, Bus bus, AuditRepository audit, ServerConfig config, WebMeters meters) {
        feed = new Feed(vertx, config.feed().heartbeat(), config.limits().webSockets(), meters);
        new PaletteTopic(bus, feed);
        new StatusTopic(bus, feed);
        ListTopics.offer(bus, vertx, feed, audit);
        new TaskTopics(bus, feed);
    }

    /** Takes a client in. */
    void upgrade(RoutingContext context) {
        if (context.request().query() != null) {
            List<Violation> unknown = context.queryParams().names().stream()
                    .map(name -> new Violation(JsonPointers.member("/query", name), "is not known here; none is"))
                    .toList();
            String detail = "The feed takes no query parameters; leave out what follows the question mark.";
            ProblemHandler.send(context, 400, "invalid_request", detail, unknown);
        } else if (!RequestGuard.isWebSocket(context.request())) {
            context.response().putHeader("Upgrade", "websocket");
            ProblemHandler.send(context, 426, "upgrade_required", "This address takes WebSockets only.", List.of());
        } else if (feed.full()) {
            ProblemHandler.send(
                    context, 503, "too_many_connections", "The feed has all the connections it takes.", List.of());
        } else {
            Channel channel = ((ConnectionBase) context.request().connection()).channel();
            context.request()
                    .toWebSocket()
                    .onSuccess(socket -> {
                        letGo(context);
                        feed.accept(socket, writer(channel));
                    })
                    .onFailure(feed::dropped);
        }
    }

    /** Nothing of Vert.x's own interface takes bytes that are frames already; its encoder lets them through as they are. */
    private static Consumer<ByteBuf> writer(Channel upgraded) {
        VertxConnection connection = upgraded.pipeline().get(VertxHandler.class).getConnection();
        return connection::writeToChannel;
    }

    /** Vert.x keeps the request as long as the connection: not what it was asked with, and who waited for its answer. */
    private static void letGo(RoutingContext context) {
        context.response().endHandler(null).exceptionHandler(null).closeHandler(null);
        context.response().headers().clear();
        context.request().headers().clear();
    }

    void closeAll() {
        feed.closeAll();
    }
}
