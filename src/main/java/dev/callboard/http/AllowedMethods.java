package dev.callboard.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which methods an address takes: {@code HEAD} wherever {@code GET} is taken, {@code OPTIONS} everywhere, which says which; any
 * other gets 405 with {@code Allow}.
 */
final class AllowedMethods implements Handler<RoutingContext> {
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final List<Place> places = new ArrayList<>();

    private record Place(String[] segments, Set<HttpMethod> methods) {
        boolean is(String[] path) {
            if (path.length != segments.length) {
                return false;
            }
            for (int i = 0; i < path.length; i++) {
                if (!segments[i].startsWith("{") && !segments[i].equals(path[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Knows the addresses of a contract. */
    AllowedMethods(OpenAPIContract contract) {
        contract.operations()
                .forEach(operation -> places.add(new Place(
                        operation.getAbsoluteOpenAPIPath().split("/"),
                        operation.getHttpMethod() == HttpMethod.GET ? READS : Set.of(operation.getHttpMethod()))));
    }

    @Override
    public void handle(RoutingContext context) {
        String[] path = context.request().path().split("/");
        Set<HttpMethod> methods = new HashSet<>();
        for (Place place : places) {
            if (place.is(path)) {
                methods.addAll(place.methods());
            }
        }
        if (methods.isEmpty() || methods.contains(context.request().method())) {
            context.next();
        } else {
            others(context, methods);
        }
    }

    /** Routes an address that is only read. */
    static void reads(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
        router.route(path).handler(context -> others(context, READS));
    }

    /** Routes of a contract's router that take {@code GET} take {@code HEAD} too. */
    static Router withHead(Router router) {
        router.getRoutes().forEach(route -> {
            if (route.methods() != null && route.methods().contains(HttpMethod.GET)) {
                route.method(HttpMethod.HEAD);
            }
        });
        return router;
    }

    /** Answers a method that an address does not take. */
    static void others(RoutingContext context, Set<HttpMethod> taken) {
        Set<String> names = new TreeSet<>(Set.of(HttpMethod.OPTIONS.name()));
        taken.forEach(method -> names.add(method.name()));
        String allow = String.join(", ", names);
        HttpServerResponse response = context.response().putHeader(HttpHeaders.ALLOW, allow);
        if (context.request().method() == HttpMethod.OPTIONS) {
            response.setStatusCode(204).end();
        } else {
            ProblemHandler.send(
                    context, 405, "method_not_allowed", "This address takes " + allow + " only.", List.of());
        }
    }
}
