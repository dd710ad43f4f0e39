package dev.callboard.http;

import dev.callboard.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The web pages: our own files from the jar or from a folder, library files from their jars. Only plain names of known
 * types are served, so no path leads out. Files of the jar are cached by the browser for good, since their path carries
 * the build; files of a folder are read again each time.
 */
final class Pages {
    private static final Pattern OURS = Pattern.compile("/ui/[A-Za-z0-9.-]+/([a-z0-9-]+(?:/[a-z0-9-]++)*+\\.([a-z]+))");
    private static final Pattern LIBRARY =
            Pattern.compile("/_static(?:/[A-Za-z0-9@_-][A-Za-z0-9@._-]*+)++(?<=\\.(js|css))");
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "webmanifest", "application/manifest+json");

    /** Addresses that programs read. */
    private static final Pattern NO_PAGES = Pattern.compile("^/(api|ui|_static|ws|health)(/|$)|\\.[a-z0-9]+$");

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Vertx vertx;
    private final @Nullable Path folder;
    private final String build;
    private final List<String> routes;
    private final PageHtml html;
    private final String policy;
    private final Map<String, CachedBody> sent = new ConcurrentHashMap<>();

    /**
     * Reads what never changes.
     *
     * @param folder served instead of the jar's pages; null serves the jar's
     * @param prefix the path under which browsers see the server, which the proxy in front takes away
     */
    Pages(Vertx vertx, @Nullable Path folder, String version, String prefix) throws IOException {
        this.vertx = vertx;
        this.folder = folder;
        String table = folder == null
                ? resource("webroot/" + PageRoutes.TABLE).toString()
                : Files.readString(folder.resolve(PageRoutes.TABLE));
        this.routes = PageRoutes.of(table);
        this.build = folder == null ? version + "-" + buildStamp() : "dev";
        ImportMap importMap = ImportMap.load(prefix);
        Map<String, String> values =
                Map.of("prefix", prefix, "ui", prefix + "/ui/" + build, "importmap", importMap.json());
        this.html = new PageHtml(vertx, this::text, PageRoutes.modules(table), importMap, values, folder != null);
        this.policy = "default-src 'none'; script-src 'self' " + importMap.cspHash()
                + "; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self';"
                + " worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'; trusted-types lit-html dompurify callboard";
    }

    /** Another for each jar that was built. */
    private static String buildStamp() throws IOException {
        try {
            Path jar = Path.of(Pages.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
            return Long.toString(attributes.lastModifiedTime().toMillis() ^ attributes.size(), 36);
        } catch (URISyntaxException e) {
            throw new IOException("the jar's place is not a file", e);
        }
    }

    void mount(Router router) {
        routes.forEach(route -> AllowedMethods.reads(router, route, context -> page(context, route)));
        AllowedMethods.reads(router, "/sw.js", this::worker);
        AllowedMethods.reads(router, "/favicon.svg", context -> file(context, "favicon.svg", "svg", false));
        AllowedMethods.reads(
                router,
                "/manifest.webmanifest",
                context -> file(context, "manifest.webmanifest", "webmanifest", false));
        AllowedMethods.reads(router, "/ui/*", context -> {
            Matcher matcher = OURS.matcher(context.request().path());
            if (matcher.matches()) {
                file(context, matcher.group(1), matcher.group(2), folder == null);
            } else {
                context.fail(404);
            }
        });
        AllowedMethods.reads(router, "/_static/*", this::library);
    }

    /** Answers people who look for a page that is not there with the page; everybody else gets a problem. */
    void unknown(RoutingContext context) {
        String accepted = String.valueOf(context.request().getHeader(HttpHeaders.ACCEPT));
        boolean page = READS.contains(context.request().method())
                && accepted.contains("text/html")
                && !NO_PAGES.matcher(context.request().path()).find();
        if (page) {
            context.response().setStatusCode(404);
            page(context, "/");
        } else {
            context.fail(404);
        }
    }

    private void page(RoutingContext context, String route) {
        html.of(route)
                .onSuccess(filled -> {
                    context.response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                            .putHeader("Content-Security-Policy", policy);
                    filled.send(context);
                })
                .onFailure(failure -> context.fail(404));
    }

    /** A file of the pages or of a library, now; it blocks. */
    private Optional<String> text(String place) {
        try {
            if (place.startsWith("/_static/")) {
                return Optional.of(resource("META-INF/resources" + place).toString());
            }
            String name = place.substring(1);
            return Optional.of(ours(name).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void worker(RoutingContext context) {
        Loading script = () -> Buffer.buffer(ours("sw.js").toString().replace("{{pages}}", Json.write(routes)));
        body("/sw.js", folder == null, script)
                .onSuccess(body -> send(context, body, String.valueOf(TYPES.get("js")), false))
                .onFailure(failure -> context.fail(404));
    }

    private void file(RoutingContext context, String name, String extension, boolean forever) {
        String type = TYPES.get(extension);
        if (type == null) {
            context.fail(404);
            return;
        }
        body(name, folder == null, () -> ours(name))
                .onSuccess(body -> send(context, body, type, forever))
                .onFailure(failure -> context.fail(404));
    }

    private void library(RoutingContext context) {
        String path = context.request().path();
        Matcher matcher = LIBRARY.matcher(path);
        if (!matcher.matches()) {
            context.fail(404);
            return;
        }
        body(path, true, () -> resource("META-INF/resources" + path))
                .onSuccess(body -> send(context, body, String.valueOf(TYPES.get(matcher.group(1))), true))
                .onFailure(failure -> context.fail(404));
    }

    private static void send(RoutingContext context, CachedBody body, String type, boolean forever) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, forever ? FOREVER : "no-cache");
        body.send(context);
    }

    /** How a file is read; it blocks. */
    private interface Loading {
        Buffer load() throws IOException;
    }

    /**
     * A file, hashed and compressed once.
     *
     * @param fixed false for a file that may be another the next time; it is read again then
     */
    private Future<CachedBody> body(String place, boolean fixed, Loading loading) {
        CachedBody known = sent.get(place);
        if (known != null && fixed) {
            return Future.succeededFuture(known);
        }
        return vertx.executeBlocking(
                () -> {
                    CachedBody body = CachedBody.of(loading.load(), known);
                    sent.put(place, body);
                    return body;
                },
                false);
    }

    private Buffer ours(String name) throws IOException {
        return folder == null ? resource("webroot/" + name) : Buffer.buffer(Files.readAllBytes(folder.resolve(name)));
    }

    private static Buffer resource(String name) throws IOException {
        try (InputStream in = Pages.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("there is no " + name);
            }
            return Buffer.buffer(in.readAllBytes());
        }
    }
}
