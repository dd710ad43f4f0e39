package dev.callboard.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The HTML of each page: the one {@code index.html} with the page's own modules named, so that none is found late. */
final class PageHtml {
    private static final String INDEX = "/index.html";

    private final Vertx vertx;
    private final PageModules.Files files;
    private final Map<String, String> modules;
    private final ImportMap imports;
    private final Map<String, String> values;
    private final boolean changes;
    private final Map<String, CachedBody> filled = new ConcurrentHashMap<>();

    /**
     * @param modules the module of each page, by the page's path
     * @param values what stands in the HTML for each word in double braces
     * @param changes whether files may be others the next time
     */
    PageHtml(
            Vertx vertx,
            PageModules.Files files,
            Map<String, String> modules,
            ImportMap imports,
            Map<String, String> values,
            boolean changes) {
        this.vertx = vertx;
        this.files = files;
        this.modules = Map.copyOf(modules);
        this.imports = imports;
        this.values = Map.copyOf(values);
        this.changes = changes;
    }

    /** The HTML of a page by its path in the table of pages; it fails when there is no {@code index.html}. */
    Future<CachedBody> of(String route) {
        CachedBody known = filled.get(route);
        if (known != null && !changes) {
            return Future.succeededFuture(known);
        }
        return vertx.executeBlocking(() -> {
            CachedBody html = CachedBody.of(Buffer.buffer(fill(route)), known);
            filled.put(route, html);
            return html;
        });
    }

    private String fill(String route) {
        String html = files.read(INDEX).orElseThrow(() -> new IllegalStateException("there is no " + INDEX));
        String module = modules.get(route);
        if (module != null) {
            List<String> all = List.copyOf(modules.values());
            html = PageModules.of(module, all, imports.places(), files).fill(html);
        }
        for (Map.Entry<String, String> value : values.entrySet()) {
            html = html.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return html;
    }
}
