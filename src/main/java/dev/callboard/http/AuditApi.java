package dev.callboard.http;

import dev.callboard.audit.AuditEntry;
import dev.callboard.audit.AuditRepository;
import dev.callboard.audit.AuditRepository.Query;
import dev.callboard.json.Json;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the audit log; nothing writes it from outside. */
final class AuditApi {
    private static final int PAGE = 100;

    private final AuditRepository audit;

    AuditApi(AuditRepository audit, Operations operations) {
        this.audit = audit;
        operations.on("listAudit", this::list);
    }

    private Future<Answer> list(RoutingContext context) {
        Query query = new Query(
                Requests.parameter(context, "kind"),
                Requests.parameter(context, "subject"),
                Requests.parameter(context, "actor"),
                Requests.cursor(context),
                Requests.number(context, "limit", PAGE));
        return audit.page(query).map(page -> {
            List<Map<String, @Nullable Object>> items =
                    page.entries().stream().map(AuditApi::item).toList();
            return Answer.ok(TaskBody.page(items, page.next()));
        });
    }

    private static Map<String, @Nullable Object> item(AuditEntry entry) {
        return Json.whole(entry);
    }
}
