package dev.callboard.http;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the server lives, and whether everything that it needs works. {@code degraded} is answered with 200: the server
 * serves, and a restart would not help.
 */
final class HealthApi {
    private final Health health;

    HealthApi(Health health, Operations operations) {
        this.health = health;
        operations.on("getLiveness", context -> Future.succeededFuture(Answer.ok(Map.of("status", "up"))));
        operations.on("getReadiness", context -> ready());
    }

    private Future<Answer> ready() {
        return health.check().map(checked -> {
            Map<String, Object> byName = new LinkedHashMap<>();
            List<Map<String, Object>> items = new ArrayList<>();
            for (Health.Check check : checked.checks()) {
                Map<String, Object> named = new LinkedHashMap<>();
                named.put("status", check.status());
                named.putAll(check.data());
                byName.put(check.name(), named);
                items.add(Map.of("name", check.name(), "status", check.status(), "data", check.data()));
            }
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("status", checked.status());
            body.put("checks", byName);
            body.put("items", items);
            return Answer.json(checked.up() ? 200 : 503, body);
        });
    }
}
