package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.registry.PluginStatus;
import dev.callboard.registry.RegistryMessages;
import dev.callboard.registry.RegistryMessages.GetPalette;
import dev.callboard.registry.RegistryMessages.GetPlugins;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether the server lives, and whether everything that it needs works. */
final class HealthApi {
    private final Bus bus;
    private final Database database;

    HealthApi(Bus bus, Database database, Operations operations) {
        this.bus = bus;
        this.database = database;
        operations.on("getLiveness", context -> Future.succeededFuture(Answer.ok(Map.of("status", "up"))));
        operations.on("getReadiness", this::ready);
    }

    private Future<Answer> ready(RoutingContext context) {
        Future<Map<String, Object>> store = check(database.check().map(works -> Map.of("status", "up")));
        Future<Map<String, Object>> palette = check(bus.ask(RegistryMessages.PALETTE_GET, new GetPalette())
                .map(reply -> reply.file().readable()
                        ? Map.of("status", "up", "revision", reply.palette().revision())
                        : Map.of(
                                "status",
                                "degraded",
                                "detail",
                                String.valueOf(reply.file().detail()))));
        Future<Map<String, Object>> plugins =
                check(bus.ask(RegistryMessages.PLUGINS_GET, new GetPlugins()).map(reply -> plugins(reply.plugins())));
        return Future.join(store, palette, plugins).transform(all -> {
            Map<String, Object> body = new LinkedHashMap<>();
            boolean up = isUp(store) && isUp(palette);
            body.put("status", up ? "up" : "down");
            Map<String, Object> checks = new LinkedHashMap<>();
            checks.put("database", store.result());
            checks.put("palette", palette.result());
            checks.put("plugins", plugins.result());
            body.put("checks", checks);
            return Future.succeededFuture(Answer.json(up ? 200 : 503, body));
        });
    }

    private static Map<String, Object> plugins(List<PluginStatus> plugins) {
        List<String> refused = plugins.stream()
                .filter(plugin -> plugin.state().equals("refused"))
                .map(plugin -> plugin.file() + ": " + plugin.reason())
                .toList();
        return refused.isEmpty() ? Map.of("status", "up") : Map.of("status", "degraded", "refused", refused);
    }

    private static boolean isUp(Future<Map<String, Object>> check) {
        return !"down".equals(check.result().get("status"));
    }

    private static Future<Map<String, Object>> check(Future<? extends Map<String, ?>> check) {
        return check.<Map<String, Object>>map(LinkedHashMap::new)
                .recover(failure -> Future.succeededFuture(Map.of("status", "down", "detail", failure.toString())));
    }
}
