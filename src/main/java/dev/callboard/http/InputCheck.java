package dev.callboard.http;

import dev.callboard.problem.NearName;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.contract.RequestBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a request carries against its operation in the contract, before any code of the operation runs: parameters of the
 * right type, none twice but lists, none that is not known, no precondition that the operation does not check, and a body of the right
 * shape without members that are not known. Everything that is wrong is answered at once. A violation's pointer is into the
 * body, or {@code /query/NAME}, {@code /path/NAME}, {@code /header/NAME}.
 */
final class InputCheck implements Handler<RoutingContext> {
    private static final String JSON = "application/json";

    /** Preconditions (RFC 9110, section 13) of reads; {@code If-None-Match} is checked for all of them. */
    private static final List<String> ON_READS = List.of("If-Match", "If-Unmodified-Since");

    private static final List<String> ON_WRITES = List.of("If-Match", "If-Unmodified-Since", "If-None-Match");

    private final Contract.Calls calls;
    private final Operation operation;
    private final boolean checksBody;
    private final boolean checksQuery;
    private final Map<String, Parameter> query = new LinkedHashMap<>();
    private final List<String> headers = new ArrayList<>();

    /**
     * Looks the operation up.
     *
     * @param checksBody false when the body is not JSON, or not always
     * @param checksQuery false when it takes any query
     */
    InputCheck(Contract.Calls calls, Operation operation, boolean checksBody, boolean checksQuery) {
        this.calls = calls;
        this.operation = operation;
        this.checksBody = checksBody;
        this.checksQuery = checksQuery;
        for (Parameter parameter : operation.getParameters()) {
            if (parameter.getIn() == Location.QUERY) {
                query.put(parameter.getName(), parameter);
            } else if (parameter.getIn() == Location.HEADER) {
                headers.add(parameter.getName());
            }
        }
    }

    @Override
    public void handle(RoutingContext context) {
        JsonBody.aside(context, () -> violations(context))
                .onSuccess(violations -> {
                    if (violations.isEmpty()) {
                        context.next();
                    } else {
                        context.fail(ProblemException.invalid("invalid_request", detail(violations), violations));
                    }
                })
                .onFailure(context::fail);
    }

    private List<Violation> violations(RoutingContext context) {
        List<Violation> violations = new ArrayList<>();
        if (checksQuery) {
            query(context, violations);
        }
        for (Parameter parameter : operation.getParameters()) {
            if (parameter.getIn() == Location.PATH) {
                value(parameter, "/path/", context.pathParam(parameter.getName()), violations);
            } else if (parameter.getIn() == Location.HEADER) {
                value(parameter, "/header/", context.request().getHeader(parameter.getName()), violations);
            }
        }
        preconditions(context.request(), violations);
        if (JsonBody.isRead(context.request())) {
            if (checksBody) {
                body(context, violations);
            }
        } else if (JsonBody.hasBody(context.request())) {
            violations.add(new Violation("", "this operation takes no body"));
        }
        return violations;
    }

    /** Who sends a condition relies on it: what an operation does not check is refused, never ignored. */
    private void preconditions(HttpServerRequest request, List<Violation> violations) {
        for (String name : operation.getHttpMethod() == HttpMethod.GET ? ON_READS : ON_WRITES) {
            if (request.headers().contains(name) && headers.stream().noneMatch(name::equalsIgnoreCase)) {
                violations.add(new Violation(
                        "/header/" + name, "is not checked by this operation, and would be ignored: leave it out"));
            }
        }
    }

    private static String detail(List<Violation> violations) {
        Violation first = violations.get(0);
        String more = violations.size() == 1 ? "" : " There are " + violations.size() + " such faults.";
        return "The request is not what this operation takes: "
                + (first.pointer().isEmpty() ? "the body" : first.pointer()) + " " + first.sentence() + more;
    }

    private void query(RoutingContext context, List<Violation> violations) {
        Map<String, List<String>> given;
        try {
            given = QueryText.parameters(context.request().query());
        } catch (QueryText.Unreadable e) {
            violations.add(new Violation("/query", e.why()));
            return;
        }
        given.forEach((name, values) -> {
            Parameter parameter = query.get(name);
            if (parameter == null) {
                violations.add(new Violation("/query/" + name, NearName.unknown(name, query.keySet())));
            } else if (parameter.getSchemaType() == SchemaType.ARRAY) {
                list(parameter, values, violations);
            } else if (values.size() > 1) {
                violations.add(new Violation("/query/" + name, "is there " + values.size() + " times, once is meant"));
            } else {
                decoded(parameter, values.get(0), violations);
            }
        });
        query.forEach((name, parameter) -> {
            if (parameter.isRequired() && !given.containsKey(name)) {
                violations.add(new Violation("/query/" + name, "is missing"));
            }
        });
    }

    /** Of what may be there several times, all together. */
    private void list(Parameter parameter, List<String> raw, List<Violation> violations) {
        String pointer = "/query/" + parameter.getName();
        JsonArray list = new JsonArray();
        try {
            for (String each : raw) {
                list.add(QueryText.decode(each));
            }
        } catch (QueryText.Unreadable e) {
            violations.add(new Violation(pointer, e.why()));
            return;
        }
        schema(parameter, list, pointer, violations);
    }

    private void decoded(Parameter parameter, String raw, List<Violation> violations) {
        try {
            value(parameter, "/query/", QueryText.decode(raw), violations);
        } catch (QueryText.Unreadable e) {
            violations.add(new Violation("/query/" + parameter.getName(), e.why()));
        }
    }

    private void value(Parameter parameter, String place, @Nullable String text, List<Violation> violations) {
        String pointer = place + parameter.getName();
        if (text == null) {
            if (parameter.isRequired()) {
                violations.add(new Violation(pointer, "is missing"));
            }
            return;
        }
        switch (parameter.getSchemaType()) {
            case INTEGER -> {
                if (text.matches("-?\\d{1,18}")) {
                    schema(parameter, Long.valueOf(text), pointer, violations);
                } else {
                    violations.add(new Violation(pointer, "must be a whole number"));
                }
            }
            case BOOLEAN -> {
                if (!text.equals("true") && !text.equals("false")) {
                    violations.add(new Violation(pointer, "must be true or false"));
                }
            }
            default -> schema(parameter, text, pointer, violations);
        }
    }

    private void schema(Parameter parameter, Object value, String pointer, List<Violation> violations) {
        violations.addAll(calls.validators().faults(parameter.getSchema(), value, pointer));
    }

    private void body(RoutingContext context, List<Violation> violations) {
        RequestBody expected = operation.getRequestBody();
        Buffer body = context.body() == null ? null : context.body().buffer();
        if (body == null || body.length() == 0) {
            if (expected != null && expected.isRequired()) {
                violations.add(new Violation("", "is missing"));
            }
            return;
        }
        Object value = Requests.body(context);
        if (value == null) {
            violations.add(new Violation("", "must not be null"));
        } else {
            violations.addAll(faults(calls, operation, value));
        }
    }

    /** What is wrong with a value where an operation takes its body. */
    static List<Violation> faults(Contract.Calls calls, Operation operation, Object body) {
        List<Violation> violations = new ArrayList<>(calls.members().unknown(operation.getOperationId(), body));
        RequestBody expected = operation.getRequestBody();
        MediaType json = expected == null ? null : expected.getContent().get(JSON);
        if (json != null && json.getSchema() != null) {
            violations.addAll(calls.validators().faults(json.getSchema(), value(body), ""));
        }
        return violations;
    }

    /** A value as the validators have it; what is inside of it they wrap themselves. */
    private static Object value(Object body) {
        if (body instanceof Map<?, ?> map) {
            JsonObject members = new JsonObject();
            map.forEach((name, member) -> members.put(String.valueOf(name), member));
            return members;
        }
        return body instanceof List<?> list ? new JsonArray(list) : body;
    }
}
