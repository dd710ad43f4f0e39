package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.feed.TaskBody;
import dev.callboard.json.Json;
import dev.callboard.sinks.SinksMessages;
import dev.callboard.sinks.SinksMessages.ListDeliveries;
import dev.callboard.sinks.SinksMessages.Redeliver;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/** The calls of deliveries to sinks. */
final class SinksApi {
    private final Bus bus;

    SinksApi(Bus bus, Operations operations) {
        this.bus = bus;
        operations.on("listDeliveries", this::list);
        operations.on("redeliver", this::redeliver);
    }

    private Future<Answer> list(RoutingContext context) {
        String task = Objects.requireNonNullElse(Requests.parameter(context, "task"), "");
        return bus.ask(SinksMessages.LIST, new ListDeliveries(task))
                .map(reply -> Answer.ok(TaskBody.page(
                        reply.deliveries().stream().map(Json::whole).toList(), null)));
    }

    private Future<Answer> redeliver(RoutingContext context) {
        return bus.ask(SinksMessages.REDELIVER, new Redeliver(context.pathParam("id")))
                .map(reply -> Answer.ok(Json.whole(reply.delivery())));
    }
}
