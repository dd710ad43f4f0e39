package dev.callboard.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the server lives, and whether everything that it needs works. {@code degraded} is answered with 200: the server
 * serves, and a restart would not help.
 */
final class HealthApi {
    /** How long an event loop may take: more than the longest piece of work on one, less than a prober waits. */
    private static final long LOOP_MS = 5_000;

    private final Health health;
    private final EventLoops loops;

    HealthApi(Vertx vertx, Health health, Operations operations) {
        this.health = health;
        this.loops = new EventLoops(vertx, LOOP_MS);
        operations.on("getLiveness", context -> lives());
        operations.on("getReadiness", context -> ready());
    }

    /** A server of which a part has died looks well to whoever asks another part. */
    private Future<Answer> lives() {
        return loops.fault()
                .map(fault -> fault.map(detail -> Answer.json(503, Map.of("status", "down", "detail", detail)))
                        .orElse(Answer.ok(Map.of("status", "up"))));
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
