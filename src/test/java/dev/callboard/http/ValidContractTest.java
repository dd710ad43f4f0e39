package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of the calls is valid OpenAPI, which the server does not check when it reads it. */
class ValidContractTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    @Test
    void theContractIsValidAndReadAsIfItHadBeenChecked() throws Exception {
        OpenAPIContract checked = await(OpenAPIContract.from(vertx, (JsonObject) Contract.routed(whole())));
        OpenAPIContract read = await(Contract.load(vertx)).routes();
        assertThat(ids(read)).isNotEmpty().isEqualTo(ids(checked));
        assertThat(read.getVersion()).isEqualTo(checked.getVersion());
        await(OpenAPIContract.from(vertx, Contract.routed()));
    }

    @Test
    void whatRequestsAreCheckedByIsThatOfTheWholeContract() throws Exception {
        OpenAPIContract checked = await(OpenAPIContract.from(vertx, (JsonObject) Contract.routed(whole())));
        for (Operation read : await(Contract.load(vertx)).routes().operations()) {
            Operation whole = checked.operation(read.getOperationId());
            assertThat(asked(read)).as(read.getOperationId()).isEqualTo(asked(whole));
        }
    }

    /** Where it is, and the schemas that are checked, each as it is once all that it refers to stands in it. */
    private static String asked(Operation operation) {
        StringBuilder text = new StringBuilder(operation.getHttpMethod() + " " + operation.getAbsoluteOpenAPIPath());
        operation.getParameters().stream()
                .sorted(Comparator.comparing(parameter -> parameter.getIn() + parameter.getName()))
                .forEach(parameter -> text.append("\n")
                        .append(parameter.getIn())
                        .append(" ")
                        .append(parameter.getName())
                        .append(parameter.isRequired())
                        .append(parameter.isExplode())
                        .append(parameter.getStyle())
                        .append(spelled(parameter.getSchema(), 0)));
        if (operation.getRequestBody() != null) {
            text.append("\n").append(operation.getRequestBody().isRequired());
            new TreeMap<>(operation.getRequestBody().getContent())
                    .forEach((type, content) -> text.append("\n").append(type).append(spelled(content.getSchema(), 0)));
        }
        return text.toString();
    }

    private static String spelled(@Nullable Object value, int depth) {
        if (depth > 12) {
            return "…";
        }
        if (value instanceof JsonObject object) {
            StringBuilder text = new StringBuilder("{");
            new TreeSet<>(object.fieldNames())
                    .stream().filter(JsonSchema.EXCLUDE_ANNOTATIONS).forEach(name -> text.append(name)
                            .append(": ")
                            .append(spelled(object.getValue(name), depth + 1))
                            .append(", "));
            return text + "}";
        }
        if (value instanceof JsonArray list) {
            return list.stream().map(element -> spelled(element, depth + 1)).toList() + "";
        }
        return String.valueOf(value);
    }

    private static Map<?, ?> whole() {
        return ContractAsJson.yaml(Contract.texts().get("/openapi.yaml"));
    }

    @Test
    void itHasNothingButJson() {
        JsonObject routed = Contract.routed();
        assertThat(new JsonObject(routed.encode())).isEqualTo(routed);
    }

    @Test
    void theJsonThatTheBuildMadeSaysWhatTheYamlSaysOfRequests() throws Exception {
        assertThat(Contract.class.getResource(ContractAsJson.RESOURCE)).isNotNull();
        Object yaml = Contract.routed(RequestContract.of(whole()));
        assertThat(Contract.routed().encode()).isEqualTo(((JsonObject) yaml).encode());
    }

    @Test
    void whatIsNotValidWouldBeSeen() {
        JsonObject broken = Contract.routed();
        broken.getJsonObject("paths")
                .getJsonObject("/api/vp")
                .getJsonObject("get")
                .put("responses", 1);
        assertThatThrownBy(() -> await(OpenAPIContract.from(vertx, broken))).hasMessageContaining("invalid");
    }

    private static List<String> ids(OpenAPIContract contract) {
        return contract.operations().stream()
                .map(Operation::getOperationId)
                .sorted()
                .toList();
    }
}
