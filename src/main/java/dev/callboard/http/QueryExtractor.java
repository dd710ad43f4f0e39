package dev.callboard.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestUtils;
import io.vertx.openapi.validation.ValidatableRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads what the contract's validator checks. Version 5.0.10 of vertx-openapi decodes parameters of the query that are decoded
 * already, and so refuses each that has a per cent sign: it is given them encoded.
 */
final class QueryExtractor implements RequestExtractor {
    @Override
    public Future<ValidatableRequest> extractValidatableRequest(RoutingContext context, Operation operation) {
        return RequestUtils.extract(
                new Encoded((HttpServerRequestInternal) context.request()),
                operation,
                () -> Future.succeededFuture(context.body().buffer()));
    }

    private static final class Encoded extends HttpServerRequestWrapper {
        private Encoded(HttpServerRequestInternal request) {
            super(request);
        }

        @Override
        public MultiMap params(boolean semicolonIsNormalChar) {
            MultiMap encoded = MultiMap.caseInsensitiveMultiMap();
            super.params(semicolonIsNormalChar)
                    .forEach((name, value) -> encoded.add(name, URLEncoder.encode(value, StandardCharsets.UTF_8)));
            return encoded;
        }
    }
}
