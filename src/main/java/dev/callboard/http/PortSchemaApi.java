package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.registry.PortSchemaMessages;
import dev.callboard.registry.PortSchemaMessages.GetPortSchema;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** The call that gives the JSON Schema which a port of a palette entry names. */
final class PortSchemaApi {
    private static final String MEDIA_TYPE = "application/schema+json";

    private final Bus bus;

    PortSchemaApi(Bus bus, Operations operations) {
        this.bus = bus;
        operations.on("getPortSchema", this::schema);
    }

    private Future<Answer> schema(RoutingContext context) {
        return bus.ask(PortSchemaMessages.GET, new GetPortSchema(context.pathParam("id"), context.pathParam("name")))
                .map(reply -> new Answer(200, MEDIA_TYPE, reply.text(), null));
    }
}
