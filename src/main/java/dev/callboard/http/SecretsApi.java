package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.feed.TaskBody;
import dev.callboard.json.Json;
import dev.callboard.secrets.SecretsMessages;
import dev.callboard.secrets.SecretsMessages.ListSecrets;
import dev.callboard.secrets.SecretsMessages.PutSecret;
import dev.callboard.secrets.SecretsMessages.RemoveSecret;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The calls of secrets: values come in, names go out. */
final class SecretsApi {
    private final Bus bus;

    SecretsApi(Bus bus, Operations operations) {
        this.bus = bus;
        operations.on("listSecrets", this::list);
        operations.on("putSecret", this::put);
        operations.on("removeSecret", this::remove);
    }

    private Future<Answer> list(RoutingContext context) {
        return bus.ask(SecretsMessages.LIST, new ListSecrets()).map(reply -> {
            Map<String, @Nullable Object> body = new LinkedHashMap<>(
                    TaskBody.page(reply.secrets().stream().map(Json::whole).toList(), null));
            if (reply.fault() != null) {
                body.put("fault", reply.fault());
            }
            return Answer.ok(body);
        });
    }

    private Future<Answer> put(RoutingContext context) {
        PutSecret put = new PutSecret(
                context.pathParam("name"),
                Objects.requireNonNullElse(Requests.text(context, "value"), ""),
                Requests.text(context, "project"),
                !Requests.object(context).containsKey("project"));
        return bus.ask(SecretsMessages.PUT, put)
                .map(written -> written.added()
                        ? Answer.created(Json.whole(written.secret()))
                        : Answer.ok(Json.whole(written.secret())));
    }

    private Future<Answer> remove(RoutingContext context) {
        boolean force = "true".equals(Requests.parameter(context, "force"));
        return bus.ask(SecretsMessages.REMOVE, new RemoveSecret(context.pathParam("name"), force))
                .map(removed -> Answer.ok(Map.of("ok", true, "name", removed.name())));
    }
}
