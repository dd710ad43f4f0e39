package dev.callboard.http;

import dev.callboard.audit.AuditQuery;
import dev.callboard.audit.AuditRepository;
import dev.callboard.audit.AuditRepository.Page;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries of the audit log into an answer, newest first: page after page, and the next one only when the client has
 * taken the last.
 */
final class AuditExport {
    private static final Logger LOG = LoggerFactory.getLogger(AuditExport.class);
    private static final int PAGE = 500;

    private final AuditRepository audit;
    private final AuditFormat format;
    private final RoutingContext context;
    private final HttpServerResponse response;

    AuditExport(AuditRepository audit, AuditFormat format, RoutingContext context) {
        this.audit = audit;
        this.format = format;
        this.context = context;
        this.response = context.response();
    }

    /** Sends at most {@code limit} entries. */
    void send(AuditQuery query, int limit) {
        audit.page(query, Math.min(PAGE, limit))
                .onSuccess(page -> {
                    response.putHeader(HttpHeaders.CONTENT_TYPE, format.mediaType)
                            .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                            .putHeader(
                                    "Content-Disposition",
                                    "attachment; filename=\"callboard-audit." + format.suffix + "\"")
                            .setChunked(true);
                    response.write(format.head());
                    write(query, page, limit);
                })
                .onFailure(context::fail);
    }

    private void write(AuditQuery query, Page page, int limit) {
        if (response.closed()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        page.entries().forEach(entry -> lines.append(format.line(entry)));
        if (!lines.isEmpty()) {
            response.write(lines.toString());
        }
        int left = limit - page.entries().size();
        String next = page.next();
        if (next == null || left <= 0) {
            response.end();
        } else if (response.writeQueueFull()) {
            response.drainHandler(drained -> more(query.olderThan(next), left));
        } else {
            more(query.olderThan(next), left);
        }
    }

    private void more(AuditQuery query, int limit) {
        response.drainHandler(null);
        audit.page(query, Math.min(PAGE, limit))
                .onSuccess(page -> write(query, page, limit))
                .onFailure(failure -> {
                    // Half of the answer has been sent: an end without the last chunk says that the rest is missing.
                    LOG.warn("An export of the audit log ended early: {}", failure.toString());
                    context.request().connection().close();
                });
    }
}
