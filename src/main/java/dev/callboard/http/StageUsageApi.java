package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.json.Json;
import dev.callboard.problem.ProblemException;
import dev.callboard.registry.RegistryMessages;
import dev.callboard.registry.RegistryMessages.GetPalette;
import dev.callboard.tasks.StageUsageMessages;
import dev.callboard.tasks.StageUsageMessages.GetUsage;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The call that says who uses a palette entry. */
final class StageUsageApi {
    private final Bus bus;

    StageUsageApi(Bus bus, Operations operations) {
        this.bus = bus;
        operations.on("getStageUsage", this::usage);
    }

    private Future<Answer> usage(RoutingContext context) {
        String id = context.pathParam("id");
        return bus.ask(RegistryMessages.PALETTE_GET, new GetPalette())
                .compose(reply -> reply.palette().entry(id).isPresent()
                        ? bus.ask(StageUsageMessages.GET, new GetUsage(id))
                        : Future.failedFuture(ProblemException.notFound(
                                "unknown_stage", "There is no stage '" + id + "' in the palette.")))
                .map(usage -> {
                    Map<String, @Nullable Object> body = new LinkedHashMap<>();
                    body.put("id", id);
                    body.putAll(Json.whole(usage));
                    return Answer.ok(body);
                });
    }
}
