package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
        OpenAPIContract checked = await(OpenAPIContract.from(vertx, Contract.routed()));
        OpenAPIContract read = await(Contract.load(vertx)).routes();
        assertThat(ids(read)).isNotEmpty().isEqualTo(ids(checked));
        assertThat(read.getVersion()).isEqualTo(checked.getVersion());
    }

    @Test
    void itHasNothingButJson() {
        JsonObject routed = Contract.routed();
        assertThat(new JsonObject(routed.encode())).isEqualTo(routed);
    }

    @Test
    void theJsonThatTheBuildMadeSaysTheSameAsTheYaml() throws Exception {
        assertThat(Contract.class.getResource(ContractAsJson.RESOURCE)).isNotNull();
        Object yaml = Contract.routed(ContractAsJson.yaml(Contract.texts().get("/openapi.yaml")));
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
